import { piecesOf } from '@volley/shared/evals/importPlan.ts'
import type { TestCase } from '@volley/shared/evals/testCase.ts'
import { type ApiFault, sentenceOf } from '../../api/client.ts'
import { addCases } from '../../api/dataSets.ts'

/** The server takes 5 MB at once, and the list has words around it. */
const MOST_BYTES = 4_000_000

export interface Refusal {
  /** In a sentence that names the first case. */
  why: string
  /** The cases that were not added. */
  left: TestCase[]
  /** Ids of those that the server named as what is wrong. */
  wrong: string[]
}

/**
 * Adds cases to a data set in pieces, one after the other, and tells how many are in it so far. Stops at the first piece that is
 * refused, of which none is added; null when all were.
 */
export async function sendCases(
  dataSetId: string,
  cases: readonly TestCase[],
  onSent: (sent: number) => void = () => {},
): Promise<Refusal | null> {
  const pieces = piecesOf(cases, MOST_BYTES)
  let sent = 0
  for (const [at, piece] of pieces.entries()) {
    const answer = await addCases(dataSetId, piece)
    if (!answer.ok) return { ...refusalOf(answer.error, piece), left: pieces.slice(at).flat() }
    sent += piece.length
    onSent(sent)
  }
  return null
}

/** A fault in the words of who sent the cases: by their ids, not by their places in the request. */
export function refusalOf(fault: ApiFault, cases: readonly TestCase[]): Pick<Refusal, 'why' | 'wrong'> {
  const named = fault.problems.flatMap(({ pointer, message }) => {
    const id = cases[Number(/^\/cases\/(\d+)/.exec(pointer)?.[1] ?? Number.NaN)]?.id
    return id === undefined ? [] : [{ id, message }]
  })
  const [first] = named
  if (!first) return { why: sentenceOf(fault), wrong: [] }
  const wrong = [...new Set(named.map(({ id }) => id))]
  const more = wrong.length > 1 ? `, and ${wrong.length - 1} more` : ''
  return { why: `The case “${first.id}” is refused${more}. ${first.message}`, wrong }
}

import type { TestCase } from '@volley/shared/evals/testCase.ts'
import { useState } from 'react'
import { sentenceOf } from '../../../api/client.ts'
import { deleteDataSet, makeDataSet } from '../../../api/dataSets.ts'
import { type Refusal, sendCases } from '../sendCases.ts'

/** Stands for a set that is made for the import. */
export const NEW_SET = 'new'

export type Sending =
  | { is: 'nothing' }
  | { is: 'sending'; sent: number; of: number }
  /** Nothing was added: all can be chosen anew. `wrong` are the cases that the server named. */
  | { is: 'refused'; why: string; wrong: readonly string[] }
  /** So many are in this set, and the rest waits. */
  | { is: 'partly'; dataSetId: string; sent: number; refusal: Refusal }

export interface Sends {
  sending: Sending
  begin(wanted: { target: string; name: string; cases: readonly TestCase[] }): Promise<void>
  /** Goes on with these of those that are left. */
  goOn(cases: readonly TestCase[]): Promise<void>
  /** Forgets that it was refused. */
  clear(): void
}

/** Adds cases to a set, a new one where that is wanted, and tells how far it is. */
export function useSending(onAdded: (dataSetId: string, added: number) => void): Sends {
  const [sending, setSending] = useState<Sending>({ is: 'nothing' })
  const send = async (dataSetId: string, cases: readonly TestCase[], before: number) => {
    const of = before + cases.length
    let sent = before
    setSending({ is: 'sending', sent, of })
    const refusal = await sendCases(dataSetId, cases, (now) => {
      sent = before + now
      setSending({ is: 'sending', sent, of })
    })
    if (!refusal) onAdded(dataSetId, of)
    else if (sent > 0) setSending({ is: 'partly', dataSetId, sent, refusal })
    else setSending({ is: 'refused', why: refusal.why, wrong: refusal.wrong })
    return sent > 0 || !refusal
  }
  return {
    sending,
    begin: async ({ target, name, cases }) => {
      if (target !== NEW_SET) return void (await send(target, cases, 0))
      setSending({ is: 'sending', sent: 0, of: cases.length })
      const made = await makeDataSet({ name, description: '' })
      if (!made.ok) return setSending({ is: 'refused', why: sentenceOf(made.error), wrong: [] })
      // A set that nothing came into would only be in the way of the next try.
      if (!(await send(made.value.id, cases, 0))) await deleteDataSet(made.value.id)
    },
    clear: () => setSending({ is: 'nothing' }),
    goOn: async (cases) => {
      if (sending.is === 'partly') await send(sending.dataSetId, cases, sending.sent)
    },
  }
}

import type { TurnScore } from './caseScore.ts'
import { predecessorsOf } from './expectedOrder.ts'
import type { CallMatch } from './matchCalls.ts'
import { callsByPlace } from './scoreOrder.ts'
import type { ExpectedCall } from './testCase.ts'

/**
 * How well the expected calls that were made share turns. A call can come in the first turn with calls, or else in the turn after the last
 * one of those it must follow; a call that must share its turn can come when all that share it can. What comes late holds up what must
 * follow it, which is not blamed for that. Null where no expected call was made.
 */
export function scoreTurns(match: CallMatch, wanted: readonly ExpectedCall[]): TurnScore | null {
  const callFor = callsByPlace(match)
  if (callFor.size === 0) return null
  const rankOf = ranksOfTurns(match)
  const rankAt = (place: number) => rankOf.get(callFor.get(place)?.turn ?? 0)
  const firstFor = predecessorsOf(wanted).map((before) =>
    Math.max(0, ...[...before].map((place) => (rankAt(place) ?? -1) + 1)),
  )
  const late: number[] = []
  const apart: number[] = []
  for (const [place, { call, turn }] of callFor) {
    const rank = rankOf.get(turn) ?? 0
    const group = placesWith(wanted, wanted[place]?.together).filter((other) => callFor.has(other))
    const first = Math.max(firstFor[place] ?? 0, ...group.map((other) => firstFor[other] ?? 0))
    const meeting = Math.max(...group.map((other) => rankAt(other) ?? 0))
    if (rank > first) late.push(call)
    if (group.length > 1 && rank !== meeting) apart.push(call)
  }
  const blamed = new Set([...late, ...apart])
  return { score: 1 - blamed.size / callFor.size, late: late.sort(ascending), apart: apart.sort(ascending) }
}

/** Turns that made calls, counted from 0. */
function ranksOfTurns({ made }: CallMatch): Map<number, number> {
  const turns = [...new Set(made.map(({ turn }) => turn))].sort(ascending)
  return new Map(turns.map((turn, rank) => [turn, rank]))
}

function placesWith(wanted: readonly ExpectedCall[], together: string | undefined): number[] {
  if (together === undefined) return []
  return wanted.flatMap((one, at) => (one.together === together ? [at] : []))
}

const ascending = (one: number, other: number) => one - other

import type { SimulatedCall } from '../plan/simulate.ts'
import type { RecordedTurn } from './recordedTurns.ts'

// The same calls in other turns: what a run would have looked like, had the model sent them together. Pure.

/** One message in place of several: the first one's, with the others' calls written after its own. */
export function joined(turns: readonly RecordedTurn[]): RecordedTurn {
  const [first] = turns
  if (!first) throw new Error('no turns to join')
  const gapMs = gapOf(turns)
  const calls: SimulatedCall[] = []
  let lastMs = 0
  for (const turn of turns) {
    for (const call of turn.calls) {
      lastMs = turn === first ? call.emittedMs : lastMs + gapMs
      calls.push({ ...call, emittedMs: lastMs })
    }
  }
  const tailMs = first.messageMs - (first.calls.at(-1)?.emittedMs ?? 0)
  return { turn: first.turn, messageMs: lastMs + Math.max(0, tailMs), calls }
}

/** How long a model takes from one call to the next: the mean over messages with several, else a part of the time to the first call. */
function gapOf(turns: readonly RecordedTurn[]): number {
  const gaps = turns.flatMap(({ calls }) =>
    calls.slice(1).map((call, at) => call.emittedMs - (calls[at]?.emittedMs ?? 0)),
  )
  if (gaps.length > 0) return gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  const firsts = turns.flatMap(({ calls }) => (calls[0] ? [calls[0].emittedMs] : []))
  return firsts.length === 0 ? 0 : Math.min(...firsts) * USUAL_SHARE
}

/** Of the time to a first call, about so much is the writing of the call; the rest is the wait for the first token. */
const USUAL_SHARE = 0.3

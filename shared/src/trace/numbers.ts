import type { RunState } from '../run/state.ts'

/** The numbers over the timeline. */
export interface RunNumbers {
  elapsedMs: number
  /** The same work one call at a time. */
  serialMs: number
  speedup: number
  /** The critical path as a part of the elapsed time: 1 where nothing but it decided. Null while the run goes on, and without calls. */
  efficiency: number | null
  /** Mean over the turns with calls; null where there is none. */
  callsPerTurn: number | null
}

/** The numbers of a run: those of its summary once it has ended, else what they are so far, `now` being the time it has come to. */
export function numbersOf(run: RunState, now: number): RunNumbers {
  const sizes = run.turns.map((turn) => turn.calls.length).filter((size) => size > 0)
  const callsPerTurn = sizes.length === 0 ? null : sizes.reduce((sum, size) => sum + size, 0) / sizes.length
  if (run.summary) {
    const { elapsedMs, serialMs, speedup, criticalPathMs } = run.summary
    return {
      elapsedMs,
      serialMs,
      speedup,
      callsPerTurn,
      efficiency: callsPerTurn !== null && elapsedMs > 0 ? criticalPathMs / elapsedMs : null,
    }
  }
  const modelMs = run.turns.reduce(
    (sum, turn) => sum + Math.max(0, (turn.messageFinishedAt ?? turn.finishedAt ?? now) - turn.startedAt),
    0,
  )
  const callMs = run.calls.reduce(
    (sum, call) =>
      sum + (call.durationMs ?? (call.startedAt === null ? 0 : Math.max(0, (call.finishedAt ?? now) - call.startedAt))),
    0,
  )
  const serialMs = modelMs + callMs
  return { elapsedMs: now, serialMs, speedup: now > 0 ? serialMs / now : 1, efficiency: null, callsPerTurn }
}

import { mostAtOnce } from '../lib/mostAtOnce.ts'
import type { Summary } from '../run/events.ts'
import type { RunState } from '../run/state.ts'
import { criticalPath, modelMsOf } from './criticalPath.ts'

/** The numbers of a run (contract 4), `elapsedMs` being its last event's time. Milliseconds are rounded to hundredths. */
export function summaryOf(run: RunState, elapsedMs: number): Summary {
  const path = criticalPath(run)
  const modelMs = run.turns.reduce((sum, turn) => sum + modelMsOf(run, turn), 0)
  const callMs = run.calls.reduce((sum, call) => sum + (call.startedAt === null ? 0 : (call.durationMs ?? 0)), 0)
  const turnsWithCalls = run.turns.filter((turn) => turn.calls.length > 0)
  const callsOfTurns = turnsWithCalls.reduce((sum, turn) => sum + turn.calls.length, 0)
  const count = (status: string) => run.calls.filter((call) => call.status === status).length
  const serialMs = modelMs + callMs
  return {
    elapsedMs: rounded(elapsedMs),
    serialMs: rounded(serialMs),
    criticalPathMs: rounded(Math.min(path.ms, elapsedMs)),
    criticalPath: path.calls,
    speedup: elapsedMs > 0 ? rounded(serialMs / elapsedMs) : 1,
    maxConcurrency: mostAtOnce(runSpans(run)),
    callsPerTurn: turnsWithCalls.length > 0 ? rounded(callsOfTurns / turnsWithCalls.length) : 0,
    calls: {
      total: run.calls.length,
      succeeded: count('succeeded'),
      failed: count('failed'),
      skipped: count('skipped'),
      cancelled: count('cancelled'),
    },
  }
}

const runSpans = (run: RunState) =>
  run.calls.flatMap((call) =>
    call.startedAt === null ? [] : [{ from: call.startedAt, to: call.finishedAt ?? run.at }],
  )

const rounded = (value: number) => Math.round(value * 100) / 100

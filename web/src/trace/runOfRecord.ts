import type { RunRecord } from '@volley/shared/run/record.ts'
import type { RunState } from '@volley/shared/run/state.ts'

/** A finished run's record as the state its events give, for the views that draw one. */
export function runOfRecord(record: RunRecord): RunState {
  const { findings: _findings, ...run } = record
  return {
    ...run,
    calls: record.calls.map((call) => ({ ...call, outstanding: [] })),
    lastSeq: 0,
    at: record.summary?.elapsedMs ?? 0,
  }
}

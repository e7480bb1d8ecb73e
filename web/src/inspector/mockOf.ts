import type { MockRun, Tool } from '@volley/shared/flow/flow.ts'
import { isEqualJson, isObject, type Json } from '@volley/shared/lib/json.ts'
import type { CallState } from '@volley/shared/run/state.ts'

/**
 * A mock that answers as a call did, after as long. A tool that is a mock already gets a case for the call's arguments, before the others;
 * any other becomes a mock with this one result.
 */
export function mockOf({ run }: Tool, call: Pick<CallState, 'arguments' | 'result' | 'durationMs'>): MockRun {
  const result = (call.result ?? null) as Json
  const latencyMs = Math.round(call.durationMs ?? 0)
  if (run.kind !== 'mock') return { kind: 'mock', result, latencyMs }
  const when = (isObject(call.arguments) ? call.arguments : {}) as NonNullable<MockRun['cases']>[number]['when']
  const others = (run.cases ?? []).filter((one) => !isEqualJson(one.when, when))
  return { ...run, cases: [{ when, result, latencyMs }, ...others] }
}

import type { MockRun, Tool } from '@volley/shared/flow/flow.ts'
import { isEqualJson, isObject, type Json } from '@volley/shared/lib/json.ts'
import { isLiteral } from '@volley/shared/lib/template.ts'
import type { CallState } from '@volley/shared/run/state.ts'
import { sizeOf } from '../trace/format.ts'

/** Why a result cannot stand in a mock, as a sentence; null where it can. */
export function mockFault(result: unknown): string | null {
  if (!isLiteral(result))
    return 'This result holds “{{”, which a mock takes for a placeholder: it cannot be saved as one.'
  const letters = (JSON.stringify(result) ?? '').length
  return letters > MOST_LETTERS ? `This result is ${sizeOf(letters)}: too large to be kept in a flow as a mock.` : null
}

/** What is sent with every save of the flow. */
const MOST_LETTERS = 512 * 1024

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

import type { Json } from '../lib/json.ts'
import { isObject } from '../lib/json.ts'
import type { CallState, RunState } from '../run/state.ts'
import type { ExpectedCall, TestCase } from './testCase.ts'

/**
 * A run's input and calls as a case: these calls, or all that succeeded. The arguments are those the tools got, since the numbers of calls
 * in references may differ from run to run; what waited for what is the expected order.
 */
export function testCaseOf(run: RunState, calls?: readonly CallState[]): TestCase {
  const expected = calls ?? run.calls.filter(({ status }) => status === 'succeeded')
  const chosen = new Set(expected.map(({ call }) => call))
  const awaited = new Set(expected.flatMap(({ waitsFor }) => waitsFor))
  const name = `${run.flow.name}: ${run.input.replace(/\s+/g, ' ').trim().slice(0, 60)}`.trim()
  return {
    id: run.id,
    name,
    input: run.input,
    ...(run.messages ? { messages: run.messages } : {}),
    expected: {
      calls: expected.map((call): ExpectedCall => {
        const after = call.waitsFor.filter((other) => chosen.has(other)).map(String)
        return {
          ...(awaited.has(call.call) ? { id: String(call.call) } : {}),
          tool: call.tool,
          ...argumentsOf(call),
          ...(after.length > 0 ? { after } : {}),
        }
      }),
    },
  }
}

function argumentsOf({ arguments: resolved, emittedArguments }: CallState): Pick<ExpectedCall, 'arguments'> {
  const given = resolved ?? emittedArguments
  if (!isObject(given)) return {}
  return { arguments: Object.fromEntries(Object.entries(given).map(([name, value]) => [name, [value as Json]])) }
}

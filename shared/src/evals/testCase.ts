import type { CallState, RunState } from '../run/state.ts'

/** An input and the calls that are expected for it. */
export interface TestCase {
  name: string
  input: string
  expected: { calls: { tool: string; arguments: unknown }[] }
}

/**
 * A run's input and calls as a case: these calls, or all that succeeded. The arguments are those the tools got, since the numbers of calls
 * in references may differ from run to run.
 */
export function testCaseOf(run: RunState, calls?: readonly CallState[]): TestCase {
  const expected = calls ?? run.calls.filter(({ status }) => status === 'succeeded')
  return {
    name: `${run.flow.name}: ${run.input.replace(/\s+/g, ' ').trim().slice(0, 60)}`.trim(),
    input: run.input,
    expected: {
      calls: expected.map((call) => ({ tool: call.tool, arguments: call.arguments ?? call.emittedArguments })),
    },
  }
}

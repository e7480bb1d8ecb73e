import type { RunState } from '../../run/state.ts'
import { madeCalls } from '../matchCalls.ts'
import type { TestCase } from '../testCase.ts'
import { parseTyped } from './typedJson.ts'
import { type BfclCase, bfclVerdict, type Verdict } from './verdict.ts'

/**
 * The leaderboard's verdict on the calls of a run; null where the case is none of the leaderboard's. A record keeps numbers, not how they
 * were written: a whole number that a model wrote as 5.0 is judged as 5.
 */
export function verdictOfRun({ bfcl }: TestCase, run: RunState): Verdict | null {
  if (!bfcl) return null
  const one = {
    category: bfcl.category,
    functions: parseTyped(bfcl.functions),
    possible_answer: parseTyped(bfcl.possibleAnswer),
  } as unknown as BfclCase
  const calls = madeCalls(run).map(({ tool, emittedArguments: given }) => ({
    name: (Object.hasOwn(bfcl.names, tool) ? bfcl.names[tool] : undefined) ?? tool,
    arguments: typeof given === 'string' ? given : JSON.stringify(given),
  }))
  return bfclVerdict(one, calls, { dotsToUnderscores: false })
}

import { emittedText } from '../../run/argumentsText.ts'
import type { RunState } from '../../run/state.ts'
import { madeCalls } from '../matchCalls.ts'
import type { TestCase } from '../testCase.ts'
import { parseTyped } from './typedJson.ts'
import { type BfclCase, bfclVerdict, type Verdict } from './verdict.ts'

/** The leaderboard's verdict on the calls of a run, as the model wrote them; null where the case is none of the leaderboard's. */
export function verdictOfRun({ bfcl }: TestCase, run: RunState): Verdict | null {
  if (!bfcl) return null
  const one = {
    category: bfcl.category,
    functions: parseTyped(bfcl.functions),
    possible_answer: parseTyped(bfcl.possibleAnswer),
  } as unknown as BfclCase
  const calls = madeCalls(run).map((call) => ({
    name: (Object.hasOwn(bfcl.names, call.tool) ? bfcl.names[call.tool] : undefined) ?? call.tool,
    arguments: emittedText(call),
  }))
  return bfclVerdict(one, calls, { dotsToUnderscores: false })
}

import { z } from 'zod'
import { TOOL_NAME } from '../flow/flow.ts'
import { edgesOnCycles } from '../lib/graph.ts'
import { listOr } from '../lib/words.ts'
import { earlierMessagesSchema } from '../run/earlierMessage.ts'

// A test case: an input, and what is expected of the run that answers it. Data sets, eval runs, the command line and "Copy as a test
// case" all speak of this one shape; docs/evals.md tells it to people.

export const NEEDS = ['required', 'optional', 'forbidden'] as const
export type Need = (typeof NEEDS)[number]

const word = z.string().min(1).max(200)

const expectedCall = z.strictObject({
  /** By which `after` speaks of it. */
  id: word.exactOptional(),
  tool: z.string().min(1),
  /** Left out: required. */
  need: z.enum(NEEDS).exactOptional(),
  /**
   * For each parameter the values that count as right; none: any value does. A call with a parameter that is not named here does not
   * match. Left out: any arguments do.
   */
  arguments: z.record(z.string(), z.array(z.json())).exactOptional(),
  /** Parameters that a call may also leave out. */
  omittable: z.array(z.string()).exactOptional(),
  /** Ids of the calls that must have ended before this one begins. What stands in no order may come in any. */
  after: z.array(word).exactOptional(),
  /** All calls with the same word here must be made in one turn. */
  together: word.exactOptional(),
})

const answerCheck = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('contains'), text: z.string().min(1), ignoreCase: z.boolean().exactOptional() }),
  z.strictObject({ kind: z.literal('equals'), text: z.string(), ignoreCase: z.boolean().exactOptional() }),
  /** A pattern of JavaScript's dialect that can be matched in linear time: without look-around and back-references. */
  z.strictObject({ kind: z.literal('regex'), pattern: z.string().min(1).max(10_000) }),
  /** The answer is this JSON, keys in any order. */
  z.strictObject({ kind: z.literal('json'), value: z.json() }),
  /** A model reads the answer and says whether it meets the rubric. Provider and model left out: those of the flow. */
  z.strictObject({
    kind: z.literal('judge'),
    rubric: z.string().min(1),
    provider: word.exactOptional(),
    model: word.exactOptional(),
  }),
])

const expectations = z.strictObject({
  /** Left out: calls are not looked at. Empty: there must be none. */
  calls: z.array(expectedCall).max(1000).exactOptional(),
  /** `loose`: in texts case, spaces and the signs , . / - _ * ^ do not count. Left out: exact. */
  texts: z.enum(['exact', 'loose']).exactOptional(),
  /** All of these must hold. */
  answer: z.array(answerCheck).max(100).exactOptional(),
})

/** A tool that a case brings along. It is a mock: nothing outside is called. */
const caseTool = z.strictObject({
  name: z.string().regex(TOOL_NAME, 'must be 1 to 64 letters, digits, "_" or "-"'),
  description: z.string().exactOptional(),
  parameters: z.record(z.string(), z.json()),
  result: z.json().exactOptional(),
})

/** What the leaderboard's checker needs, as JSON text: in it 5 and 5.0 differ. */
const bfclSource = z.strictObject({
  category: z.string(),
  functions: z.string(),
  possibleAnswer: z.string(),
  /** The leaderboard's name of each tool whose own was no legal one. */
  names: z.record(z.string(), z.string()),
})

export const testCaseSchema = z.strictObject({
  /** Unique in its data set. */
  id: word,
  name: z.string().exactOptional(),
  input: z.string(),
  variables: z.record(z.string(), z.string()).exactOptional(),
  messages: earlierMessagesSchema.exactOptional(),
  /** Offered in place of the flow's own tools; its edges are left out then. */
  tools: z.array(caseTool).exactOptional(),
  expected: expectations.default({}),
  bfcl: bfclSource.exactOptional(),
})

export type TestCase = z.output<typeof testCaseSchema>
export type Expectations = TestCase['expected']
export type ExpectedCall = z.output<typeof expectedCall>
export type AnswerCheck = z.output<typeof answerCheck>
export type CaseTool = z.output<typeof caseTool>

export const needOf = (call: ExpectedCall): Need => call.need ?? 'required'

/** What the parts of a case cannot mean to one another, each in a sentence; empty for a good one. */
export function caseFaults({ expected: { calls = [] }, tools = [] }: TestCase): string[] {
  const faults: string[] = []
  const ids = calls.flatMap(({ id }) => (id === undefined ? [] : [id]))
  const repeated = ids.find((id, at) => ids.indexOf(id) !== at)
  if (repeated !== undefined) faults.push(`two expected calls have the id "${repeated}": give each its own`)
  const names = tools.map(({ name }) => name)
  const twin = names.find((name, at) => names.indexOf(name) !== at)
  if (twin !== undefined) faults.push(`two of its tools are called "${twin}": rename one`)
  const may = new Set(calls.flatMap((call) => (needOf(call) === 'forbidden' || !call.id ? [] : [call.id])))
  for (const call of calls) {
    if (tools.length > 0 && !names.includes(call.tool) && needOf(call) !== 'forbidden')
      faults.push(`a call of "${call.tool}" is expected, but the case brings only ${listOr(names)}`)
    for (const id of call.after ?? [])
      if (!may.has(id))
        faults.push(`"after" of a call of "${call.tool}" names "${id}", which no call that may be made has as its id`)
    for (const parameter of call.omittable ?? [])
      if (!Object.hasOwn(call.arguments ?? {}, parameter))
        faults.push(
          `"omittable" of a call of "${call.tool}" names "${parameter}", which stands not among its arguments`,
        )
  }
  const edges = calls.flatMap(({ id, after = [] }) => (id === undefined ? [] : after.map((from) => ({ from, to: id }))))
  const [cycle] = edgesOnCycles(ids, edges)
  if (cycle) faults.push(`the calls "${cycle.from}" and "${cycle.to}" wait for each other: an order has no cycles`)
  return faults
}

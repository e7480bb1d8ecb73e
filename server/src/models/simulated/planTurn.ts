import { isObject } from '@volley/shared/lib/json.ts'
import { SKETCH_TOOL } from '@volley/shared/sketch/sketch.ts'
import { readTools } from './offeredTool.ts'
import { type PastCall, planCalls } from './planCalls.ts'
import { readInput } from './readInput.ts'
import type { SimulatedRequest } from './request.ts'
import { sketchTask } from './sketchTask.ts'
import { announce, writeAnswer } from './writeAnswer.ts'

/** What the simulated model says in one turn. */
export interface SimulatedTurn {
  text: string
  calls: { tool: string; argumentsText: string }[]
}

/** Turns with calls after which it answers, whatever is left: asked for one call a turn, it needs more of them. */
const MAX_TURNS = { parallel: 4, oneByOne: 12 }

/** Decides one turn from the request alone: the same request always gives the same turn. */
export function planTurn(request: SimulatedRequest): SimulatedTurn {
  const { messages, tools, tool_choice: choice, volley } = request
  // Turns are those since the user spoke last: what was said before is another message's business.
  const asked = messages.findLastIndex(({ role }) => role === 'user')
  const spoken = messages.slice(asked + 1).filter(({ role }) => role === 'assistant').length
  const mayCall = tools.length > 0 && choice !== 'none'
  if (volley?.script) return scripted(volley.script[spoken], mayCall)

  const input = messages[asked]?.content ?? ''
  if (mayCall && spoken === 0 && tools.length === 1 && tools[0]?.function.name === SKETCH_TOOL) return drafted(input)

  const past = pastCalls(request)
  const parallel = request.parallel_tool_calls !== false
  if (!mayCall || spoken >= (parallel ? MAX_TURNS.parallel : MAX_TURNS.oneByOne))
    return { text: writeAnswer(input, past), calls: [] }

  const system = messages.find(({ role }) => role === 'system')?.content ?? ''
  const offered = readTools(
    tools.map((tool) => tool.function),
    system,
  )
  const calls = planCalls(offered, readInput(input), past, { parallel })
  if (calls.length === 0) return { text: writeAnswer(input, past), calls: [] }
  return {
    text: announce(calls),
    calls: calls.map(({ tool, arguments: given }) => ({ tool, argumentsText: JSON.stringify(given) })),
  }
}

/** Asked to draft a flow, it reads the words of the task, and says that no more was done. */
function drafted(input: string): SimulatedTurn {
  return {
    text: 'Drafted by the simulated model from the words alone; no language model was asked.',
    calls: [{ tool: SKETCH_TOOL, argumentsText: JSON.stringify(sketchTask(input)) }],
  }
}

type ScriptedTurn = NonNullable<NonNullable<SimulatedRequest['volley']>['script']>[number]

function scripted(turn: ScriptedTurn | undefined, mayCall: boolean): SimulatedTurn {
  if (!turn) return { text: 'The script of the simulated model has no further turn.', calls: [] }
  const calls = mayCall ? (turn.calls ?? []) : []
  return {
    text: turn.text ?? '',
    calls: calls.map(({ tool, arguments: given = {} }) => ({ tool, argumentsText: JSON.stringify(given) })),
  }
}

/** The calls of the conversation in their order, each with its result. */
function pastCalls({ messages }: SimulatedRequest): PastCall[] {
  const results = new Map(
    messages.flatMap((message) => (message.role === 'tool' ? [[message.tool_call_id, message.content] as const] : [])),
  )
  return messages.flatMap(({ tool_calls: calls }) =>
    (calls ?? []).map(({ id, function: { name, arguments: text } }) => {
      const result = parsedOrText(results.get(id) ?? '')
      const given = parsedOrText(text)
      return { tool: name, arguments: isObject(given) ? given : {}, result, failed: isFailure(result) }
    }),
  )
}

/** Chat Completions does not mark an error; it is known by its words. */
function isFailure(result: unknown): boolean {
  if (typeof result === 'string') return /^\W*(?:error|failed|skipped|cancelled|denied|timed? ?out)\b/i.test(result)
  return isObject(result) && 'error' in result && result.error !== null && result.error !== false
}

function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

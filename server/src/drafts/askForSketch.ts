import { isDeeperThan, jsonPointer } from '@volley/shared/lib/json.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import { SKETCH_TOOL, type Sketch, sketchParameters, sketchSchema } from '@volley/shared/sketch/sketch.ts'
import type { Message, Model, ModelEvent, ModelRequest } from '../engine/ports.ts'

const MOST_CHARS = 200_000
const MOST_LEVELS = 32
const IDLE_MS = 60_000
const MOST_FAULTS = 12

const TOOL = {
  name: SKETCH_TOOL,
  description: 'Hands over the draft of a flow: an agent with its tools and what depends on what. Call it once.',
  parameters: sketchParameters(),
}

const INSTRUCTIONS = `You draft flows for Volley, where an agent's tool calls run in parallel. The user says what an agent should do. Answer with one call of ${SKETCH_TOOL}, and nothing else.

Give the agent two to eight tools, each doing one small thing. Prefer several narrow lookups that can run at the same time to one that does everything. Draw an edge only where a call truly needs another's result or must not happen before it: every edge costs time. Where a value of one result fills a parameter of the next tool, name it in the edge's map. Whatever spends money or deletes asks a person first. Results are made up and must have the shape that a real service would give.`

type Call = Extract<ModelEvent, { type: 'call' }>

/** What one message of the model came to: a sketch, or why there is none and, where it may try again, what to tell it. */
export type Asked =
  | { is: 'sketch'; sketch: Sketch }
  | { is: 'faulty'; faults: string[]; reply: Message[] }
  | { is: 'nothing'; reason: string }

/** The conversation that asks for a sketch of this. */
export const askingFor = (prompt: string): Message[] => [{ role: 'user', text: prompt }]

/** Asks once, and reads the answer strictly: nothing of it is repaired. `hide` takes secrets out before anything is kept of it. */
export async function askForSketch(
  model: Model,
  { name, messages, hide }: { name: string; messages: Message[]; hide: <Value>(value: Value) => Value },
  signal: AbortSignal,
): Promise<Asked> {
  const request: ModelRequest = {
    model: name,
    system: INSTRUCTIONS,
    messages,
    tools: [TOOL],
    settings: { toolChoice: 'required', maxOutputTokens: 8192 },
    parallel: false,
    idleMs: IDLE_MS,
  }
  let text = ''
  const calls: Call[] = []
  for await (const event of model.stream(request, signal)) {
    if (event.type === 'text') text += event.text
    else if (event.type === 'call') calls.push(event)
    else if (event.type === 'spoiled') spoil(calls, event)
    else if (event.type === 'broken') return { is: 'nothing', reason: event.problem.message }
    else if (event.stopReason === 'refusal' || event.stopReason === 'filter')
      return { is: 'nothing', reason: `The model declined${event.reason ? `: ${event.reason}` : '.'}` }
    else {
      const read = readSketch(calls, hide)
      if (read.ok) return { is: 'sketch', sketch: read.value }
      return { is: 'faulty', faults: read.error, reply: replyTo(text, calls, read.error, event.echo) }
    }
    if (text.length > MOST_CHARS) return { is: 'nothing', reason: 'The model wrote on and on, and drafted nothing.' }
  }
  return { is: 'nothing', reason: 'The model said nothing.' }
}

function spoil(calls: Call[], { call, argumentsText }: Extract<ModelEvent, { type: 'spoiled' }>): void {
  const spoiled = calls[call - 1]
  if (spoiled) calls[call - 1] = { ...spoiled, argumentsText }
}

function readSketch(calls: readonly Call[], hide: <Value>(value: Value) => Value): Result<Sketch, string[]> {
  const [call] = calls
  if (!call) return err([`There was no call of ${SKETCH_TOOL}.`])
  if (call.tool !== SKETCH_TOOL) return err([`There is no tool "${call.tool}": call ${SKETCH_TOOL}.`])
  if (!call.complete)
    return err(['The call was cut off at the limit of the message: draft fewer tools, with shorter results.'])
  if (call.argumentsText.length > MOST_CHARS)
    return err(['The draft is too long: draft fewer tools, with shorter results.'])
  if (isDeeperThan(call.argumentsText, MOST_LEVELS)) return err([`The draft nests deeper than ${MOST_LEVELS} levels.`])
  const json = parsed(call.argumentsText)
  if (!json.ok) return json
  const sketch = sketchSchema.safeParse(hide(json.value))
  if (sketch.success) return ok(sketch.data)
  return err(
    sketch.error.issues
      .slice(0, MOST_FAULTS)
      .map(({ path, message }) => `${jsonPointer(path) || 'The draft'}: ${message}.`),
  )
}

function parsed(text: string): Result<unknown, string[]> {
  try {
    return ok(JSON.parse(text))
  } catch (error) {
    return err([`The arguments are no JSON: ${error instanceof Error ? error.message : error}.`])
  }
}

/** What follows in the conversation: its own words, and what was wrong with them. */
function replyTo(text: string, calls: readonly Call[], faults: readonly string[], echo: unknown): Message[] {
  const words = `This is no draft yet. ${faults.join(' ')} Call ${SKETCH_TOOL} again with the whole draft.`
  const numbered = calls.map((call, index) => ({ ...call, id: call.id ?? `draft_${index + 1}` }))
  const said: Message = {
    role: 'assistant',
    text: text || (numbered.length === 0 ? '(nothing)' : ''),
    calls: numbered.map(({ id, tool, argumentsText }) => ({ id, tool, argumentsText })),
    ...(echo === undefined ? {} : { echo }),
  }
  if (numbered.length === 0) return [said, { role: 'user', text: words }]
  const results = numbered.map(({ id, tool }) => ({ id, tool, text: words, isError: true }))
  return [said, { role: 'results', results }]
}

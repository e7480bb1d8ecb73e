import { planTurn } from '../simulated/planTurn.ts'
import { simulatedRequestSchema } from '../simulated/request.ts'

// Conversations with the simulated model, in few words.

export const text = { type: 'string' }
export const number = { type: 'number' }
export const integer = { type: 'integer' }
/** A parameter as the engine shows it where a reference may stand for its value. */
const reference = { $ref: '#/$defs/call_reference' }
export const referable = (schema: object) => ({ anyOf: [schema, reference] })
const $defs = {
  call_reference: { type: 'object', properties: { from_call: integer, path: text, text }, required: ['from_call'] },
}
export const tool = (
  name: string,
  description: string,
  properties: object = {},
  required = Object.keys(properties),
) => ({
  type: 'function',
  function: { name, description, parameters: { type: 'object', properties, required, $defs } },
})
export const weather = tool('get_weather', 'Current weather of a city.', { city: text })
export const geocode = tool('geocode', 'Coordinates of a place.', { city: text })

/** A call as the tests write it. */
export type Call = [tool: string, given: Record<string, unknown>]
interface Options {
  system?: string
  more?: object
  answers?: (tool: string, given: Record<string, unknown>) => unknown
}

/** Plays a whole conversation: the calls of every turn, and the answer at the end. */
export function play(
  tools: object[],
  input: string,
  { system = '', more = {}, answers = () => ({ ok: true }) }: Options = {},
) {
  const messages: object[] = [
    { role: 'system', content: system },
    { role: 'user', content: input },
  ]
  const turns: Call[][] = []
  for (let turn = 0; turn < 30; turn++) {
    const said = planTurn(
      simulatedRequestSchema.parse({ model: 'simulated-1', stream: true, messages, tools, ...more }),
    )
    if (said.calls.length === 0) return { turns, answer: said.text }
    const calls = said.calls.map((call): Call => [call.tool, JSON.parse(call.argumentsText)])
    turns.push(calls)
    messages.push({
      role: 'assistant',
      content: said.text,
      tool_calls: said.calls.map((call, at) => ({
        id: `${turn}.${at}`,
        function: { name: call.tool, arguments: call.argumentsText },
      })),
    })
    for (const [at, [name, given]] of calls.entries())
      messages.push({ role: 'tool', tool_call_id: `${turn}.${at}`, content: JSON.stringify(answers(name, given)) })
  }
  throw new Error('the conversation does not end')
}

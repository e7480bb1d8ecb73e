import type { Api } from '../models/testing/recorded.ts'

/** What a model says in one message. */
export interface Said {
  text?: string
  calls: readonly { id: string; tool: string; argumentsText: string }[]
}

export const APIS: readonly Api[] = ['openai-chat', 'openai-responses', 'anthropic-messages']

/** The events of a message in one provider's wire format, each a whole server-sent event; arguments come in pieces of `pieceChars`. */
export function eventsOf(
  api: Api,
  said: Said,
  { pieceChars = Number.POSITIVE_INFINITY, indexFrom = 0 } = {},
): string[] {
  const place = { pieces: (text: string) => piecesOf(text, pieceChars), index: (at: number) => indexFrom + at }
  if (api === 'openai-chat') return chatEvents(said, place)
  return api === 'openai-responses' ? responsesEvents(said, place) : anthropicEvents(said, place)
}

interface Place {
  pieces(text: string): string[]
  index(at: number): number
}

function chatEvents({ text, calls }: Said, { pieces, index }: Place): string[] {
  const chunk = (delta: object, finish_reason: string | null = null) =>
    frame({ choices: [{ index: 0, delta, finish_reason }] })
  return [
    ...(text ? [chunk({ content: text })] : []),
    ...calls.flatMap(({ id, tool, argumentsText }, at) =>
      pieces(argumentsText).map((piece, nth) =>
        chunk({
          tool_calls: [
            nth === 0
              ? { index: index(at), id, type: 'function', function: { name: tool, arguments: piece } }
              : { index: index(at), function: { arguments: piece } },
          ],
        }),
      ),
    ),
    chunk({}, calls.length > 0 ? 'tool_calls' : 'stop'),
    'data: [DONE]\n\n',
  ]
}

function responsesEvents({ text, calls }: Said, { pieces, index }: Place): string[] {
  const event = (type: string, fields: object) => frame({ type, ...fields }, type)
  const item = ({ id, tool }: Said['calls'][number], args: string, status: string) => ({
    type: 'function_call',
    id: `fc_${id}`,
    call_id: id,
    name: tool,
    arguments: args,
    status,
  })
  return [
    event('response.created', { response: { id: 'resp_1', status: 'in_progress', output: [] } }),
    ...(text ? [event('response.output_text.delta', { item_id: 'msg_1', output_index: 0, delta: text })] : []),
    ...calls.flatMap((call, at) => {
      const place = { item_id: `fc_${call.id}`, output_index: index(at + 1) }
      return [
        event('response.output_item.added', { output_index: place.output_index, item: item(call, '', 'in_progress') }),
        ...pieces(call.argumentsText).map((delta) =>
          event('response.function_call_arguments.delta', { ...place, delta }),
        ),
        event('response.function_call_arguments.done', { ...place, arguments: call.argumentsText }),
        event('response.output_item.done', {
          output_index: place.output_index,
          item: item(call, call.argumentsText, 'completed'),
        }),
      ]
    }),
    event('response.completed', {
      response: { id: 'resp_1', status: 'completed', usage: { input_tokens: 1, output_tokens: 1 } },
    }),
  ]
}

function anthropicEvents({ text, calls }: Said, { pieces, index }: Place): string[] {
  const event = (type: string, fields: object) => frame({ type, ...fields }, type)
  const first = text ? 1 : 0
  return [
    event('message_start', {
      message: { id: 'msg_1', role: 'assistant', content: [], usage: { input_tokens: 1, output_tokens: 1 } },
    }),
    ...(text
      ? [
          event('content_block_start', { index: index(0), content_block: { type: 'text', text: '' } }),
          event('content_block_delta', { index: index(0), delta: { type: 'text_delta', text } }),
          event('content_block_stop', { index: index(0) }),
        ]
      : []),
    ...calls.flatMap(({ id, tool, argumentsText }, at) => [
      event('content_block_start', {
        index: index(at + first),
        content_block: { type: 'tool_use', id, name: tool, input: {} },
      }),
      ...pieces(argumentsText).map((partial_json) =>
        event('content_block_delta', { index: index(at + first), delta: { type: 'input_json_delta', partial_json } }),
      ),
      event('content_block_stop', { index: index(at + first) }),
    ]),
    event('message_delta', {
      delta: { stop_reason: calls.length > 0 ? 'tool_use' : 'end_turn' },
      usage: { output_tokens: 2 },
    }),
    event('message_stop', {}),
  ]
}

function frame(data: object, name?: string): string {
  return `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`
}

function piecesOf(text: string, chars: number): string[] {
  if (text.length <= chars) return [text]
  return Array.from({ length: Math.ceil(text.length / chars) }, (_, at) => text.slice(at * chars, (at + 1) * chars))
}

// The three wire formats a model is spoken to in: what a message looks like in pieces, and where a request carries its results.

export type Format = 'openai-chat' | 'openai' | 'anthropic'

export interface WireCall {
  id: string
  tool: string
  argumentsText: string
}

/** Gives the bytes of one message, piece by piece, in this order. */
export interface Wire {
  open(): string
  text(piece: string): string
  /** A whole call; what follows the last byte of the arguments at once is in it. */
  call(call: WireCall): string
  end(): string
}

/** A result that a request gives back to the model. */
export interface Returned {
  id: string
  text: string
}

/** The format that a path belongs to. */
export function formatOf(url: string): Format | null {
  if (url.endsWith('/chat/completions')) return 'openai-chat'
  if (url.endsWith('/responses')) return 'openai'
  return url.endsWith('/messages') ? 'anthropic' : null
}

let messages = 0

/** A new message of that format, with an id of its own: some clients take messages of one id for the same. */
export function createWire(format: Format, model: string): Wire {
  messages++
  return { 'openai-chat': chatWire, openai: responsesWire, anthropic: anthropicWire }[format](model)
}

interface Block {
  type?: string
  text?: string
  tool_use_id?: string
  content?: string | Block[]
}
export interface RequestBody {
  messages?: { role: string; tool_call_id?: string; content: string | Block[] }[]
  input?: { type?: string; call_id?: string; output?: string | Block[] }[]
}

/** The results in a request, in their order. */
export function returnedIn(format: Format, body: RequestBody): Returned[] {
  if (format === 'openai-chat')
    return (body.messages ?? [])
      .filter((message) => message.role === 'tool')
      .map((message) => ({ id: message.tool_call_id ?? '', text: textOf(message.content) }))
  if (format === 'openai')
    return (body.input ?? [])
      .filter((item) => item.type === 'function_call_output')
      .map((item) => ({ id: item.call_id ?? '', text: textOf(item.output) }))
  return (body.messages ?? [])
    .flatMap((message) => (typeof message.content === 'string' ? [] : message.content))
    .filter((block) => block.type === 'tool_result')
    .map((block) => ({ id: block.tool_use_id ?? '', text: textOf(block.content) }))
}

function textOf(content: string | Block[] | undefined): string {
  return typeof content === 'string' ? content : (content ?? []).map((block) => block.text ?? '').join('')
}

/** Models write arguments in pieces. */
const pieces = (text: string) => [text.slice(0, text.length >> 1), text.slice(text.length >> 1)]

function chatWire(model: string): Wire {
  const number = messages
  let index = 0
  const chunk = (choices: object[], more = {}) =>
    `data: ${JSON.stringify({ id: `chatcmpl-${number}`, object: 'chat.completion.chunk', created: 1, model, choices, ...more })}\n\n`
  const delta = (content: object, reason: string | null = null) =>
    chunk([{ index: 0, delta: content, finish_reason: reason }])
  return {
    open: () => delta({ role: 'assistant', content: '' }),
    text: (piece) => delta({ content: piece }),
    call: ({ id, tool, argumentsText }) => {
      const at = index++
      const head = { index: at, id, type: 'function', function: { name: tool, arguments: '' } }
      const parts = pieces(argumentsText).map((part) => ({ index: at, function: { arguments: part } }))
      return [head, ...parts].map((part) => delta({ tool_calls: [part] })).join('')
    },
    end: () => {
      const usage = { prompt_tokens: 31, completion_tokens: 7, total_tokens: 38 }
      return `${delta({}, index > 0 ? 'tool_calls' : 'stop')}${chunk([], { usage })}data: [DONE]\n\n`
    },
  }
}

function responsesWire(model: string): Wire {
  const number = messages
  let sequence = 0
  let message = ''
  const output: object[] = []
  const event = (type: string, fields: object) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence++, ...fields })}\n\n`
  const response = (status: string) => ({
    response: {
      id: `resp_${number}`,
      object: 'response',
      created_at: 1,
      model,
      status,
      output,
      usage: USAGE[status] ?? null,
    },
  })
  const at = { item_id: 'msg_1', output_index: 0, content_index: 0 }
  const part = () => ({ type: 'output_text', text: message, annotations: [] })
  const item = (status: string, content: object[]) => ({
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    status,
    content,
  })
  return {
    open: () => event('response.created', response('in_progress')),
    text: (piece) => {
      const begin =
        message === ''
          ? event('response.output_item.added', { output_index: 0, item: item('in_progress', []) }) +
            event('response.content_part.added', { ...at, part: part() })
          : ''
      message += piece
      return begin + event('response.output_text.delta', { ...at, delta: piece })
    },
    call: ({ id, tool, argumentsText }) => {
      const whole = (status: string, text: string) => ({
        id: `fc_${id}`,
        type: 'function_call',
        call_id: id,
        name: tool,
        arguments: text,
        status,
      })
      const place = { item_id: `fc_${id}`, output_index: output.length }
      const begin = event('response.output_item.added', { ...place, item: whole('in_progress', '') })
      const deltas = pieces(argumentsText).map((delta) =>
        event('response.function_call_arguments.delta', { ...place, delta }),
      )
      const done = event('response.function_call_arguments.done', { ...place, arguments: argumentsText })
      const end = event('response.output_item.done', { ...place, item: whole('completed', argumentsText) })
      output.push(whole('completed', argumentsText))
      return begin + deltas.join('') + done + end
    },
    end: () => {
      let closing = ''
      if (message !== '') {
        output.push(item('completed', [part()]))
        closing += event('response.output_text.done', { ...at, text: message })
        closing += event('response.content_part.done', { ...at, part: part() })
        closing += event('response.output_item.done', { output_index: 0, item: output[0] })
      }
      return closing + event('response.completed', response('completed'))
    },
  }
}

const USAGE: Record<string, object> = {
  completed: {
    input_tokens: 31,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 7,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 38,
  },
}

function anthropicWire(model: string): Wire {
  const number = messages
  let index = 0
  let isText = false
  let called = false
  const event = (type: string, fields: object) => `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`
  return {
    open: () => {
      const usage = { input_tokens: 31, output_tokens: 1 }
      const message = {
        id: `msg_${number}`,
        type: 'message',
        role: 'assistant',
        model,
        content: [],
        stop_reason: null,
        usage,
      }
      return event('message_start', { message: { ...message, stop_sequence: null } })
    },
    text: (piece) => {
      const block = { type: 'text', text: '' }
      const begin = isText ? '' : event('content_block_start', { index, content_block: block })
      isText = true
      return begin + event('content_block_delta', { index, delta: { type: 'text_delta', text: piece } })
    },
    call: ({ id, tool, argumentsText }) => {
      called = true
      const begin = event('content_block_start', {
        index,
        content_block: { type: 'tool_use', id, name: tool, input: {} },
      })
      const deltas = pieces(argumentsText).map((part) =>
        event('content_block_delta', { index, delta: { type: 'input_json_delta', partial_json: part } }),
      )
      return begin + deltas.join('') + event('content_block_stop', { index: index++ })
    },
    end: () => {
      const closing = isText ? event('content_block_stop', { index }) : ''
      const delta = { stop_reason: called ? 'tool_use' : 'end_turn', stop_sequence: null }
      return `${closing}${event('message_delta', { delta, usage: { output_tokens: 7 } })}${event('message_stop', {})}`
    },
  }
}

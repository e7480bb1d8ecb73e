import type { ModelEvent, ModelRequest } from '../engine/ports.ts'

/**
 * Asks a model with the pictures of its conversation, and once more with notes in their places when the server refuses that request: not
 * every model behind a protocol can see, and not every picture can be read.
 */
export function withPictures(request: ModelRequest, ask: Ask): AsyncIterable<ModelEvent> {
  return hasPictures(request) ? askTwice(request, ask) : ask(request)
}

type Ask = (request: ModelRequest) => AsyncIterable<ModelEvent>

async function* askTwice(request: ModelRequest, ask: Ask): AsyncGenerator<ModelEvent> {
  let isFirst = true
  for await (const event of ask(request)) {
    if (isFirst && isRefusal(event)) return yield* ask(withoutPictures(request))
    isFirst = false
    yield event
  }
}

const hasPictures = ({ messages }: ModelRequest) =>
  messages.some((message) => message.role === 'results' && message.results.some(({ parts }) => parts !== undefined))

/** What repeating the same request cannot help, and no key, name or address could mend. */
const isRefusal = (event: ModelEvent) => event.type === 'broken' && event.problem.code === 'provider' && !event.retry

const withoutPictures = (request: ModelRequest): ModelRequest => ({
  ...request,
  messages: request.messages.map((message) =>
    message.role === 'results'
      ? { ...message, results: message.results.map(({ parts: _parts, ...result }) => result) }
      : message,
  ),
})

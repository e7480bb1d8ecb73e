import { createParser } from 'eventsource-parser'

/** One server-sent event: its name, where it has one, and its data as text. */
export interface StreamEvent {
  name: string | undefined
  data: string
}

/** A stream that cannot be read on. The message is the end of a sentence that begins with the provider's name. */
export class StreamFault extends Error {}

const MAX_STREAM_BYTES = 64 * 1024 * 1024
const MAX_EVENT_CHARS = 16 * 1024 * 1024

/**
 * Decodes a response into server-sent events, in lists of those that came together. It ends with the body, throws a StreamFault when
 * the body breaks or outgrows its limits, calls `onText` with every piece, and leaves no connection open on any way out.
 */
export async function* decodeStream(
  response: Response,
  { signal, onText }: { signal: AbortSignal; onText?: (text: string) => void },
): AsyncGenerator<StreamEvent[]> {
  if (!response.body) throw new StreamFault('answered without a body')
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let events: StreamEvent[] = []
  let tooLarge = false
  const parser = createParser({
    maxBufferSize: MAX_EVENT_CHARS,
    onEvent: ({ event, data }) => events.push({ name: event, data }),
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') tooLarge = true
    },
  })
  const aborted = rejectOnAbort(signal)
  try {
    for (let bytes = 0; ; ) {
      const piece = await Promise.race([reader.read(), aborted.promise]).catch((error: unknown) => {
        throw signal.aborted ? signal.reason : new StreamFault('broke the stream off', { cause: error })
      })
      if (piece.done) break
      const text = decoder.decode(piece.value, { stream: true })
      onText?.(text)
      bytes += piece.value.byteLength
      if (bytes > MAX_STREAM_BYTES) throw new StreamFault(`sent more than ${MAX_STREAM_BYTES >> 20} MB for one message`)
      parser.feed(text)
      if (tooLarge) throw new StreamFault(`sent an event of more than ${MAX_EVENT_CHARS >> 20} MB`)
      if (events.length > 0) {
        yield events
        events = []
      }
    }
    // Some servers leave out the empty line after their last event.
    parser.feed(`${decoder.decode()}\n\n`)
    if (events.length > 0) yield events
  } finally {
    aborted.forget()
    // A body that has failed already cannot be cancelled; there is nothing left to close then.
    reader.cancel().catch(() => {})
  }
}

/** A promise that fails as soon as the signal aborts, and a way to take the listener back. */
export function rejectOnAbort(signal: AbortSignal): { promise: Promise<never>; forget: () => void } {
  let listener = () => {}
  const promise = new Promise<never>((_resolve, reject) => {
    listener = () => reject(signal.reason)
    if (signal.aborted) listener()
    else signal.addEventListener('abort', listener, { once: true })
  })
  promise.catch(() => {})
  return { promise, forget: () => signal.removeEventListener('abort', listener) }
}

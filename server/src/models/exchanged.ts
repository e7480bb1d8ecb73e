import type { ExchangedText } from '@volley/shared/api.ts'
import type { TellExchange } from '../engine/ports.ts'
import { hideKeys } from './problems.ts'

/** How much is kept of one text, in letters: half of it from the beginning, half from the end. */
export const MOST_CHARS = 256 * 1024

/** Takes down one request and its answer as they pass, to be told when it is over. */
export interface ExchangeNotes {
  answered(response: Pick<Response, 'status' | 'headers'>): void
  /** A piece of the answer, as it came. */
  heard(text: string): void
  over(): void
}

/** Takes down nothing. */
export const NO_NOTES: ExchangeNotes = { answered() {}, heard() {}, over() {} }

export function noteExchange({
  url,
  body,
  keys,
  tell,
}: {
  url: string
  body: unknown
  /** Taken out of every text. */
  keys: readonly string[]
  tell: TellExchange
}): ExchangeNotes {
  const answer = createClip()
  let head: Pick<Response, 'status' | 'headers'> | null = null
  return {
    answered: (response) => {
      head = response
    },
    heard: answer.add,
    over: () =>
      tell(() => {
        const request = createClip()
        request.add(JSON.stringify(body))
        return {
          request: { method: 'POST', url: hideKeys(url, keys), body: request.text(keys) },
          answer: head && {
            status: head.status,
            contentType: head.headers.get('content-type') ?? '',
            body: answer.text(keys),
          },
        }
      }),
  }
}

/** Keeps the beginning and the end of a text that comes in pieces, whatever its length. */
function createClip() {
  let [start, end] = ['', '']
  let bytes = 0
  let chars = 0
  return {
    add(piece: string) {
      bytes += Buffer.byteLength(piece)
      chars += piece.length
      const room = Math.max(0, MOST_CHARS / 2 - start.length)
      start += piece.slice(0, room)
      end += piece.slice(room)
      // Seldom, so that a long answer is not copied for every piece of it.
      if (end.length > MOST_CHARS) end = end.slice(-MOST_CHARS / 2)
    },
    text(keys: readonly string[]): ExchangedText {
      const tail = end.slice(-MOST_CHARS / 2)
      const left = chars - start.length - tail.length
      const whole = left > 0 ? `${start}\n[${left} characters left out here]\n${tail}` : start + tail
      return { text: hideKeys(whole, keys), bytes }
    },
  }
}

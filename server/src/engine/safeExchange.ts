import type { ExchangedText } from '@volley/shared/api.ts'
import { isObject } from '@volley/shared/lib/json.ts'
import type { ModelExchange, Redactor } from './ports.ts'

/**
 * An exchange without secrets. An answer comes in small pieces: one that says a secret in several of them cannot be mended, and is
 * left out whole.
 */
export function safeExchange({ request, answer }: ModelExchange, redactor: Redactor): ModelExchange {
  const safe = (body: ExchangedText): ExchangedText => ({ ...body, text: redactor.text(body.text) })
  return {
    request: { ...request, url: redactor.text(request.url), body: safe(request.body) },
    answer: answer && {
      ...answer,
      body: saysSecret(answer.body.text, redactor)
        ? { ...answer.body, text: '', leftOut: IN_PIECES }
        : safe(answer.body),
    },
  }
}

const IN_PIECES = 'A secret came in this answer, in several pieces: nothing of it is kept.'

/** Whether the pieces of a stream of events, put together, say what no piece says alone. */
function saysSecret(stream: string, redactor: Redactor): boolean {
  const told = new Map<string, string>()
  for (const line of stream.split('\n'))
    if (line.startsWith('data:')) gather(parsed(line.slice('data:'.length)), '', told)
  return [...told.values()].some((text) => redactor.text(text) !== text)
}

/** Adds every text of a value to what stood before at its place. Parts that come side by side are told apart by the numbers and ids they carry. */
function gather(value: unknown, place: string, told: Map<string, string>): void {
  if (typeof value === 'string') told.set(place, (told.get(place) ?? '') + value)
  else if (Array.isArray(value)) for (const item of value) gather(item, place, told)
  else if (isObject(value)) {
    const which = MARKS.map((mark) => value[mark]).filter((one) => typeof one === 'number' || typeof one === 'string')
    for (const [key, inner] of Object.entries(value)) gather(inner, `${place}/${which.join(':')}/${key}`, told)
  }
}

const MARKS = ['index', 'output_index', 'content_index', 'item_id']

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

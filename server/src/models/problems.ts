import { isObject } from '@volley/shared/lib/json.ts'
import { shortenBetweenWords } from '@volley/shared/lib/words.ts'
import type { RunProblem } from '@volley/shared/run/problem.ts'
import type { ModelEvent } from '../engine/ports.ts'

type Broken = Extract<ModelEvent, { type: 'broken' }>

/** How a provider is named in problems, and what someone can do about it. */
export interface ProviderWords {
  /** As in "Anthropic answered 401". */
  label: string
  /** The way out when the key is refused: a full sentence. */
  keyAdvice: string
  /** The way out when nothing answers: a full sentence. */
  addressAdvice: string
}

/** A stream that ended before its message did. */
export function brokenOff(label: string): Broken {
  return broken(
    'stream',
    `The stream of ${label} ended before the message was complete. It is asked again; if this goes on, look at the provider's status page.`,
    true,
  )
}

/** An error that came as an event inside the stream. */
export function errorEvent(label: string, error: unknown): Broken {
  const kind = wordsOf(error, ['type', 'code'])
  return broken(codeOfWords(kind), `${label} broke off with an error: ${providerWords(error)}`, true)
}

/** An answer that is no stream because its status is an error. */
export function statusProblem(provider: ProviderWords, status: number, body: unknown, headers: Headers): Broken {
  const said = `${provider.label} answered ${status}: ${providerWords(body)}`
  const retryAfterMs = retryAfterOf(headers)
  const { code, advice, retry } = meaningOf(status, provider)
  return {
    ...broken(code, `${said}${advice === '' ? '' : ` ${advice}`}`, retry),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  }
}

/** A `broken` event from its parts. */
export function broken(code: string, message: string, retry: boolean): Broken {
  return { type: 'broken', problem: { code, message } satisfies RunProblem, retry }
}

/** The same event with every key, and everything that looks like one, taken out of its message. */
export function withoutKeys<Event extends ModelEvent>(event: Event, keys: readonly string[]): Event {
  if (event.type !== 'broken') return event
  return { ...event, problem: { ...event.problem, message: hideKeys(event.problem.message, keys) } }
}

/** A text with every key, and everything that looks like one, taken out. */
export function hideKeys(text: string, keys: readonly string[]): string {
  let hidden = text
  for (const key of keys) if (key.length >= 4) hidden = hidden.replaceAll(key, '***')
  // Providers quote a refused key with its middle left out.
  return hidden.replace(/\b(?:sk|pk|key)-[\w*.-]{4,}/g, '***')
}

/** Milliseconds asked for by `retry-after-ms` or `Retry-After` (seconds or a date). */
export function retryAfterOf(headers: Headers, now: number = Date.now()): number | undefined {
  const exact = numberOf(headers.get('retry-after-ms'))
  if (exact !== undefined) return exact
  const header = headers.get('retry-after')
  const seconds = numberOf(header)
  if (seconds !== undefined) return seconds * 1000
  const date = header !== null && /[a-z]{3}/i.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

function meaningOf(status: number, provider: ProviderWords): { code: string; advice: string; retry: boolean } {
  if (status === 401 || status === 403) return { code: 'unauthorized', advice: provider.keyAdvice, retry: false }
  if (status === 404)
    return { code: 'not_found', advice: 'Check the name of the model and the address of the endpoint.', retry: false }
  if (status === 408) return { code: 'provider', advice: '', retry: true }
  if (status === 429)
    return { code: 'rate_limited', advice: "Wait, or raise the account's limit with the provider.", retry: true }
  if (status === 529 || status === 503)
    return { code: 'overloaded', advice: 'The provider is overloaded; try again later.', retry: true }
  if (status >= 500) return { code: 'provider', advice: "The fault is the provider's; try again later.", retry: true }
  if (status >= 300 && status < 400)
    return { code: 'provider', advice: `A model endpoint must not redirect. ${provider.addressAdvice}`, retry: false }
  return {
    code: 'provider',
    advice: 'Change what the flow asks for; repeating the same request cannot help.',
    retry: false,
  }
}

function codeOfWords(kind: string): string {
  if (/rate_?limit/i.test(kind)) return 'rate_limited'
  if (/overloaded/i.test(kind)) return 'overloaded'
  if (/authentication|permission/i.test(kind)) return 'unauthorized'
  return 'provider'
}

const MAX_WORDS = 500

/** What the provider itself said, in one line, cut to a readable length. */
function providerWords(body: unknown): string {
  const inner = isObject(body) && isObject(body.error) ? body.error : body
  const kind = wordsOf(inner, ['type', 'code'])
  const message = typeof inner === 'string' ? inner : wordsOf(inner, ['message', 'detail', 'error'])
  const line = (message === '' ? kind : message).replace(/\s+/g, ' ').trim()
  const text = line === '' ? 'no reason was given.' : /[.!?]$/.test(line) ? line : `${line}.`
  return shortenBetweenWords(text, MAX_WORDS)
}

function wordsOf(value: unknown, fields: readonly string[]): string {
  if (!isObject(value)) return ''
  const found = fields.map((field) => value[field]).filter((one) => typeof one === 'string' || typeof one === 'number')
  return found.length === 0 ? '' : String(fields.length > 1 && fields[0] === 'type' ? found.join(' ') : found[0])
}

function numberOf(text: string | null): number | undefined {
  if (text === null || !/^\s*\d+(\.\d+)?\s*$/.test(text)) return undefined
  return Number(text)
}

import type { HttpRun } from '@volley/shared/flow/flow.ts'
import { selectJson } from '@volley/shared/lib/jmespath.ts'
import { isDeeperThan } from '@volley/shared/lib/json.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import { shorten } from '@volley/shared/lib/words.ts'
import type { ToolOutcome } from '../engine/ports.ts'
import type { Egress, EgressAnswer, EgressFault } from './egress.ts'
import { exchangeOf } from './exchange.ts'
import { httpRequest, isJsonType, type SecretValues } from './httpRequest.ts'
import { type Attempt, CANCELLED, toolError } from './outcomes.ts'

export type { SecretValues } from './httpRequest.ts'

const MOST_LEVELS = 500

export interface HttpOptions {
  egress: Egress
  secrets: SecretValues
  /** Puts `***` in the place of secrets. A text is shortened only after that: half a secret would not be known any more. */
  hide?: (text: string) => string
  /** The time of day, for a `Retry-After` that is a date. */
  now?: () => number
}

/** Calls a web service (contract 2, `http`). JSON answers become values, texts stay texts; 4xx and 5xx are the tool's own failures. */
export function createHttp({ egress, secrets, hide = (text) => text, now = Date.now }: HttpOptions): Attempt<HttpRun> {
  return async ({ run, arguments: given, idempotencyKey, isTrial, tell }, signal): Promise<ToolOutcome> => {
    const request = httpRequest(run, given, { secrets, idempotencyKey })
    if (!request.ok) return { ok: false, ...request.error, retry: false }
    const answer = await egress.request(request.value, signal)
    if (isTrial)
      tell?.(exchangeOf(run, given, { secrets, idempotencyKey, hide, answer: answer.ok ? answer.value : null }))
    if (!answer.ok) return faultOutcome(answer.error)
    const { host } = request.value.url
    if (answer.value.status < 200 || answer.value.status > 299)
      return statusOutcome(host, answer.value, { now: now(), hide })
    const result = resultOf(host, request.value.method, answer.value, hide)
    if (!result.ok) return toolError(result.error)
    if (run.select === undefined) return { ok: true, result: result.value }
    const selected = selectJson(result.value, run.select)
    return selected.ok
      ? { ok: true, result: selected.value }
      : toolError(`"select" could not be applied to the answer of ${host}: ${selected.error}.`)
  }
}

function faultOutcome({ is, message }: EgressFault): ToolOutcome {
  switch (is) {
    case 'cancelled':
      return CANCELLED
    case 'answer':
      return toolError(message)
    default:
      return { ok: false, code: is, message, retry: is === 'network' }
  }
}

function statusOutcome(
  host: string,
  answer: EgressAnswer,
  { now, hide }: { now: number; hide: (text: string) => string },
): ToolOutcome {
  const said = shorten(hide(answer.body.toString('utf8').trim()), 500)
  const message = `${host} answered ${answer.status}${said === '' ? '' : `: ${said}`}`
  const retry = answer.status === 429 || answer.status >= 500
  const retryAfterMs = retry ? retryAfter(answer.headers['retry-after'], now) : undefined
  return { ok: false, code: 'tool_error', message, retry, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}

/** Seconds or a date, as milliseconds from now; undefined when it says neither. */
function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

function resultOf(
  host: string,
  method: string,
  { status, headers, body }: EgressAnswer,
  hide: (text: string) => string,
): Result<unknown, string> {
  if (method === 'HEAD') return ok({ status, headers })
  if (body.length === 0) return ok(null)
  const type = headers['content-type'] ?? ''
  const text = textOf(body, type)
  if (isJsonType(type)) return jsonOf(host, text, hide)
  if (type === '') {
    const json = jsonOf(host, text, hide)
    return json.ok ? json : ok(text)
  }
  if (
    /^\s*(text\/|application\/([\w.-]+\+)?(xml|yaml|x-yaml|javascript|x-ndjson|x-www-form-urlencoded))/i.test(type) ||
    /[+/]xml\b/i.test(type)
  )
    return ok(text)
  return err(`${host} answered ${body.length} bytes of "${shorten(type, 80)}", which is neither JSON nor text.`)
}

function jsonOf(host: string, text: string, hide: (text: string) => string): Result<unknown, string> {
  if (isDeeperThan(text, MOST_LEVELS)) return err(`The answer of ${host} is nested deeper than ${MOST_LEVELS} levels.`)
  try {
    return ok(JSON.parse(text))
  } catch {
    return err(`${host} says that its answer is JSON, but it is not: ${shorten(hide(text.trim()), 200)}`)
  }
}

function textOf(body: Buffer, type: string): string {
  const charset = /charset\s*=\s*"?([\w-]+)/i.exec(type)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(charset).decode(body)
  } catch {
    return new TextDecoder().decode(body)
  }
}

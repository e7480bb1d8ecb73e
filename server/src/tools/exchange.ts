import type { HttpRun } from '@volley/shared/flow/flow.ts'
import type { ToolFact } from '../engine/ports.ts'
import type { EgressAnswer } from './egress.ts'
import { httpRequest, type SecretValues, usedSecrets } from './httpRequest.ts'

const MOST_CHARACTERS = 20_000
const HIDDEN = '***'

/** What went out and what came back, for a person to read: secrets are hidden, also where the answer repeats them, and long bodies cut. */
export function exchangeOf(
  run: HttpRun,
  given: Record<string, unknown>,
  {
    secrets,
    idempotencyKey,
    answer,
    hide: hideAll = (text) => text,
  }: {
    secrets: SecretValues
    idempotencyKey: string
    answer: EgressAnswer | null
    /** Hides every secret there is, not only those that this request names. */
    hide?: (text: string) => string
  },
): ToolFact & { type: 'call.exchange' } {
  const hidden: SecretValues = {
    get: (name, origin) => (typeof secrets.get(name, origin) === 'string' ? HIDDEN : undefined),
  }
  const request = httpRequest(run, given, { secrets: hidden, idempotencyKey })
  if (!request.ok) throw new Error(`a request that was sent cannot be made again: ${request.error.message}`)
  const { method, url, headers, body } = request.value
  const own = hiding(usedSecrets(run, secrets))
  const hide = (text: string) => hideAll(own(text))
  return {
    type: 'call.exchange',
    request: {
      method,
      url: hideAll(url.href),
      headers: hiddenHeaders(headers, hideAll),
      ...(body === undefined ? {} : { body: cut(hideAll(body), Buffer.byteLength(body)) }),
    },
    ...(answer === null
      ? {}
      : {
          answer: {
            status: answer.status,
            headers: hiddenHeaders(answer.headers, hide),
            body: cut(hide(answer.body.toString('utf8')), answer.body.length),
          },
        }),
  }
}

const hiddenHeaders = (headers: Readonly<Record<string, string>>, hide: (text: string) => string) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, hide(value)]))

/** Replaces each secret, also as it stands in addresses and in base64. */
function hiding(values: readonly string[]): (text: string) => string {
  const forms = values
    .flatMap((value) => [value, encodeURIComponent(value), Buffer.from(value).toString('base64')])
    .filter((form) => form !== '')
  return (text) => forms.reduce((rest, form) => rest.replaceAll(form, HIDDEN), text)
}

function cut(text: string, bytes: number) {
  return { text: text.slice(0, MOST_CHARACTERS), bytes }
}

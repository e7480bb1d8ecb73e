import { CONNECTION_HEADERS, HEADER_NAME } from '@volley/shared/lib/httpHeaders.ts'
import type { Egress } from '../egress.ts'
import type { FetchAnswer, FetchRequest } from './protocol.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/
const MOST_AT_ONCE = 8

/**
 * `fetch` for code: through the one way out of all tools, with its rules. Requests and answers are plain data; an answer is read whole,
 * as text, and is no larger than that way lets through.
 */
export function createCodeFetch(egress: Egress) {
  const open = new WeakMap<AbortSignal, number>()
  return async (request: FetchRequest, signal: AbortSignal): Promise<FetchAnswer> => {
    const fault = faultOf(request)
    if (fault) return refused(fault)
    const atOnce = open.get(signal) ?? 0
    if (atOnce >= MOST_AT_ONCE)
      return refused(`Code may have ${MOST_AT_ONCE} requests open at once: await some before the next.`)
    open.set(signal, atOnce + 1)
    const { method, url, headers, body } = request
    const answer = await egress.request(
      {
        method: method.toUpperCase(),
        url: new URL(url),
        headers: { 'user-agent': 'volley', ...lowerCased(headers) },
        body: body ?? undefined,
      },
      signal,
    )
    open.set(signal, (open.get(signal) ?? 1) - 1)
    if (!answer.ok) return refused(answer.error.message)
    return {
      ok: true,
      status: answer.value.status,
      headers: answer.value.headers,
      body: new TextDecoder().decode(answer.value.body),
    }
  }
}

const refused = (message: string): FetchAnswer => ({ ok: false, message })

function faultOf({ url, method, headers, body }: FetchRequest): string | null {
  if (!URL.canParse(url))
    return `fetch needs a whole address that starts with https://, but got "${url.slice(0, 200)}".`
  if (!METHODS.includes(method.toUpperCase())) return `fetch knows no method "${method.slice(0, 40)}".`
  if (body !== null && ['GET', 'HEAD'].includes(method.toUpperCase())) return `A ${method} request has no body.`
  for (const [name, value] of Object.entries(headers)) {
    if (!HEADER_NAME.test(name)) return `"${name.slice(0, 80)}" is no name of a header.`
    if (CONNECTION_HEADERS.includes(name.toLowerCase()))
      return `The header "${name}" is set by Volley itself: remove it.`
    if (!HEADER_VALUE.test(value)) return `The header "${name}" must be one line of plain characters.`
  }
  return null
}

const lowerCased = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

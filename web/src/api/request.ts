import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import { type ApiFault, faultOf, OFFLINE } from './fault.ts'

export type Answer<Value> = Promise<Result<Value, ApiFault>>

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Sent as JSON. */
  body?: unknown
  query?: Record<string, string | number | undefined>
  headers?: Record<string, string>
  signal?: AbortSignal
}

/**
 * Asks the server that the page came from, signed in by its cookie. Never throws for what the network or the server can cause;
 * an answer without a body gives `null`.
 */
export async function request<Value>(path: string, options: RequestOptions = {}): Answer<Value> {
  const { method = 'GET', body, query = {}, headers = {}, signal } = options
  try {
    const response = await fetch(`/api${path}${queryText(query)}`, {
      method,
      credentials: 'same-origin',
      headers: { accept: 'application/json', ...(body === undefined ? {} : JSON_BODY), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
    const text = await response.text()
    const value = parsed(text)
    if (!response.ok) return err(faultOf(response.status, value))
    if (value === undefined) return err(faultOf(response.status, null))
    return ok(value as Value)
  } catch {
    return err(OFFLINE)
  }
}

const JSON_BODY = { 'content-type': 'application/json' }

/** `?a=1&b=2`, without what is not given; nothing where nothing is. */
export function queryText(query: Record<string, string | number | undefined>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

/** The value of a JSON text, `null` for an empty one, `undefined` for what is no JSON. */
function parsed(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

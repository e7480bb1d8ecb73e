import { isSecret } from '@volley/shared/flow/checkRun.ts'
import type { HttpRun } from '@volley/shared/flow/flow.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import {
  asText,
  fillJson,
  fillText,
  type Lookup,
  onlyPlaceholder,
  placeholdersIn,
  placeholdersInJson,
} from '@volley/shared/lib/template.ts'
import type { CallProblemCode } from '@volley/shared/run/problem.ts'
import type { EgressRequest } from './egress.ts'
import { argumentOf } from './outcomes.ts'

export interface RequestFault {
  code: CallProblemCode
  message: string
}

/** Values of secrets by name, as they are now. */
export interface SecretValues {
  get(name: string): string | undefined
}

/**
 * Makes a call's request from the tool's template and the arguments (contract 2, `http`). Arguments that no placeholder uses go to the
 * query or the JSON body. A value fills the place it was meant for and no other: it cannot split a header or climb out of its path.
 */
export function httpRequest(
  run: HttpRun,
  given: Record<string, unknown>,
  { secrets, idempotencyKey }: { secrets: SecretValues; idempotencyKey: string },
): Result<EgressRequest, RequestFault> {
  const method = run.method ?? 'GET'
  const names = usedNames(run)
  const missing = names.filter(isSecret).find((name) => secrets.get(secretName(name)) === undefined)
  if (missing)
    return err({
      code: 'tool_error',
      message: `The secret "${secretName(missing)}" is not stored: add it in the settings.`,
    })

  const lookup: Lookup = (name) => (isSecret(name) ? secrets.get(secretName(name)) : argumentOf(given, name))
  const unused = Object.entries(given).filter(([name]) => !names.includes(name))
  const inQuery = method === 'GET' || method === 'HEAD' || method === 'DELETE'

  const url = addressOf(run.url, lookup, inQuery && run.body === undefined ? unused : [])
  if (!url.ok) return url
  const headers = headersOf(run.headers ?? {}, lookup, idempotencyKey)
  if (!headers.ok) return headers
  const body = bodyOf(run, lookup, headers.value, inQuery ? [] : unused)
  if (body !== undefined) headers.value['content-type'] ??= 'application/json'
  const isPrivateBody = placeholdersInJson(run.body).some((name) => name.startsWith('secret.'))
  return ok({ method, url: url.value, headers: headers.value, body, isPrivateBody })
}

function usedNames(run: HttpRun): string[] {
  const inHeaders = Object.values(run.headers ?? {}).flatMap(placeholdersIn)
  return [...placeholdersIn(run.url), ...inHeaders, ...placeholdersInJson(run.body)]
}

const secretName = (placeholder: string) => placeholder.slice('secret.'.length)

function addressOf(template: string, lookup: Lookup, unused: [string, unknown][]): Result<URL, RequestFault> {
  const [, path = '', query = ''] = /^([^?#]*)(?:\?([^#]*))?/.exec(template) ?? []
  const filled = path.split('/').map((segment) => ({ template: segment, text: fillText(segment, lookup, encode) }))
  const climbing = filled.find(({ template, text }) => template !== text && /^(\.|%2e){1,2}$/i.test(text))
  if (climbing)
    return err({
      code: 'invalid_arguments',
      message: `"${climbing.text}" cannot stand for ${climbing.template} in the address: it would lead elsewhere.`,
    })

  const pairs = [...filledQuery(query, lookup), ...unused.flatMap(([name, value]) => queryPairs(name, value))]
  const address = `${filled.map(({ text }) => text).join('/')}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`
  if (URL.canParse(address)) return ok(new URL(address))
  return err({ code: 'tool_error', message: `"${template}" is no address: correct the tool's url.` })
}

/** A pair whose value is one placeholder without a value is left out, so that optional arguments can be named in the address. */
function filledQuery(query: string, lookup: Lookup): string[] {
  return query
    .split('&')
    .filter((pair) => {
      const name = onlyPlaceholder(pair.slice(pair.indexOf('=') + 1))
      return pair !== '' && (name === null || (lookup(name) ?? null) !== null)
    })
    .map((pair) => fillText(pair, lookup, encode))
}

/** Each item of a list is a pair of its own; null is nothing. */
function queryPairs(name: string, value: unknown): string[] {
  if (value === null) return []
  if (Array.isArray(value)) return value.map((item) => `${encode(name)}=${encode(asText(item))}`)
  return [`${encode(name)}=${encode(asText(value))}`]
}

const encode = (text: string) => encodeURIComponent(text.toWellFormed())

function headersOf(
  templates: Record<string, string>,
  lookup: Lookup,
  idempotencyKey: string,
): Result<Record<string, string>, RequestFault> {
  const headers: Record<string, string> = {
    accept: 'application/json, text/*;q=0.9, */*;q=0.5',
    'user-agent': 'volley',
  }
  for (const [name, template] of Object.entries(templates)) {
    const only = onlyPlaceholder(template)
    if (only !== null && lookup(only) === undefined) continue
    const value = fillText(template, lookup)
    // The value itself stays unsaid: it may be a secret.
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
      return err({
        code: 'invalid_arguments',
        message: `The header "${name}" cannot hold the value it was given: it must be one line of plain characters.`,
      })
    headers[name.toLowerCase()] = value
  }
  headers['idempotency-key'] = idempotencyKey
  return ok(headers)
}

function bodyOf(
  run: HttpRun,
  lookup: Lookup,
  headers: Record<string, string>,
  unused: [string, unknown][],
): string | undefined {
  const isOpen = run.body === undefined
  if (isOpen)
    return unused.length > 0 || run.method === 'POST' || run.method === 'PUT' || run.method === 'PATCH'
      ? JSON.stringify(Object.fromEntries(unused))
      : undefined
  const type = headers['content-type'] ?? 'application/json'
  if (typeof run.body !== 'string' || isJsonType(type)) return JSON.stringify(fillJson(run.body, lookup))
  return fillText(run.body, lookup, type.includes('x-www-form-urlencoded') ? encode : undefined)
}

/** Whether a content type is JSON's. */
export function isJsonType(type: string): boolean {
  return /^[^;]*[/+]json\s*(;|$)/i.test(type)
}

import { isSecret } from '@volley/shared/flow/checkRun.ts'
import type { HttpRun } from '@volley/shared/flow/flow.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import {
  asText,
  fillJson,
  fillText,
  type Lookup,
  Overfilled,
  onlyPlaceholder,
  placeholdersIn,
  placeholdersInJson,
  type Room,
  roomToFill,
} from '@volley/shared/lib/template.ts'
import type { CallProblemCode } from '@volley/shared/run/problem.ts'
import type { EgressRequest } from './egress.ts'
import { argumentOf } from './outcomes.ts'

export interface RequestFault {
  code: CallProblemCode
  message: string
}

/** Values of secrets by name, as they are now, for a request to an origin; one that is bound to other origins tells them. */
export interface SecretValues {
  get(name: string, origin: string): string | { boundTo: readonly string[] } | undefined
}

/**
 * Makes a call's request from the tool's template and the arguments (contract 2, `http`). Arguments that no placeholder uses go to the
 * query or the JSON body. A value fills the place it was meant for and no other: it cannot split a header or climb out of its path.
 */
export function httpRequest(
  run: HttpRun,
  given: Record<string, unknown>,
  means: { secrets: SecretValues; idempotencyKey: string },
): Result<EgressRequest, RequestFault> {
  try {
    return filledRequest(run, given, means)
  } catch (fault) {
    if (fault instanceof Overfilled)
      return err({ code: 'tool_error', message: `The request cannot be made. ${fault.message}` })
    throw fault
  }
}

/** Where the values of placeholders come from, and the room that all parts of a request share. */
interface Source {
  lookup: Lookup
  room: Room
}

function filledRequest(
  run: HttpRun,
  given: Record<string, unknown>,
  { secrets, idempotencyKey }: { secrets: SecretValues; idempotencyKey: string },
): Result<EgressRequest, RequestFault> {
  const method = run.method ?? 'GET'
  const names = usedNames(run)
  const secretValues = secretsFor(run.url, names.filter(isSecret).map(secretName), secrets)
  if (!secretValues.ok) return secretValues

  const lookup: Lookup = (name) => (isSecret(name) ? secretValues.value.get(secretName(name)) : argumentOf(given, name))
  const source: Source = { lookup, room: roomToFill() }
  const used = new Set(names)
  const unused = Object.entries(given).filter(([name]) => !used.has(name))
  const inQuery = method === 'GET' || method === 'HEAD' || method === 'DELETE'

  const url = addressOf(run.url, source, inQuery && run.body === undefined ? unused : [])
  if (!url.ok) return url
  const headers = headersOf(run.headers ?? {}, source, idempotencyKey)
  if (!headers.ok) return headers
  const body = bodyOf(run, source, headers.value, inQuery ? [] : unused)
  if (body !== undefined) headers.value['content-type'] ??= 'application/json'
  const isPrivateBody = placeholdersInJson(run.body).some(isSecret)
  const bound = headersWithSecrets(run.headers ?? {})
  return ok({ method, url: url.value, headers: headers.value, body, isPrivateBody, bound })
}

/** The values of these secrets, each allowed to go where the address points. */
function secretsFor(
  url: string,
  names: readonly string[],
  secrets: SecretValues,
): Result<Map<string, string>, RequestFault> {
  // A host holds no placeholder, so the origin is known before anything is filled in.
  const start = /^https?:\/\/[^/?#]+/i.exec(url)?.[0] ?? ''
  const origin = URL.canParse(start) ? new URL(start).origin : ''
  const values = new Map<string, string>()
  for (const name of names) {
    const value = secrets.get(name, origin)
    if (value === undefined)
      return err({ code: 'tool_error', message: `The secret "${name}" is not stored: add it in the settings.` })
    if (typeof value !== 'string')
      return err({
        code: 'blocked',
        message: `The secret "${name}" may not be sent to ${origin}: it is bound to ${value.boundTo.join(', ')}. Add this origin to the secret in the settings, or use another.`,
      })
    values.set(name, value)
  }
  return ok(values)
}

/** The headers that must not follow a redirect to another origin, whatever they are called. */
function headersWithSecrets(templates: Record<string, string>): string[] {
  return Object.entries(templates)
    .filter(([, template]) => placeholdersIn(template).some(isSecret))
    .map(([name]) => name.toLowerCase())
}

/** The values of the secrets that a tool's template names. */
export function usedSecrets(run: HttpRun, secrets: SecretValues): string[] {
  const values = secretsFor(run.url, usedNames(run).filter(isSecret).map(secretName), secrets)
  return values.ok ? [...values.value.values()] : []
}

function usedNames(run: HttpRun): string[] {
  const inHeaders = Object.values(run.headers ?? {}).flatMap(placeholdersIn)
  return [...placeholdersIn(run.url), ...inHeaders, ...placeholdersInJson(run.body)]
}

const secretName = (placeholder: string) => placeholder.slice('secret.'.length)

function addressOf(template: string, source: Source, unused: [string, unknown][]): Result<URL, RequestFault> {
  const { lookup, room } = source
  const [, path = '', query = ''] = /^([^?#]*)(?:\?([^#]*))?/.exec(template) ?? []
  const filled = path
    .split('/')
    .map((segment) => ({ template: segment, text: fillText(segment, lookup, encode, room) }))
  const climbing = filled.find(({ template, text }) => template !== text && /^(\.|%2e){1,2}$/i.test(text))
  if (climbing)
    return err({
      code: 'invalid_arguments',
      message: `"${climbing.text}" cannot stand for ${climbing.template} in the address: it would lead elsewhere.`,
    })

  const pairs = [...filledQuery(query, source), ...unused.flatMap(([name, value]) => queryPairs(name, value))]
  const address = `${filled.map(({ text }) => text).join('/')}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`
  if (URL.canParse(address)) return ok(new URL(address))
  return err({ code: 'tool_error', message: `"${template}" is no address: correct the tool's url.` })
}

/** A pair whose value is one placeholder without a value is left out, so that optional arguments can be named in the address. */
function filledQuery(query: string, { lookup, room }: Source): string[] {
  return query
    .split('&')
    .filter((pair) => {
      const name = onlyPlaceholder(pair.slice(pair.indexOf('=') + 1))
      return pair !== '' && (name === null || (lookup(name) ?? null) !== null)
    })
    .map((pair) => fillText(pair, lookup, encode, room))
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
  { lookup, room }: Source,
  idempotencyKey: string,
): Result<Record<string, string>, RequestFault> {
  const headers: Record<string, string> = {
    accept: 'application/json, text/*;q=0.9, */*;q=0.5',
    'user-agent': 'volley',
  }
  for (const [name, template] of Object.entries(templates)) {
    const only = onlyPlaceholder(template)
    if (only !== null && lookup(only) === undefined) continue
    const value = fillText(template, lookup, undefined, room)
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
  source: Source,
  headers: Record<string, string>,
  unused: [string, unknown][],
): string | undefined {
  const { lookup, room } = source
  const isOpen = run.body === undefined
  if (isOpen)
    return unused.length > 0 || run.method === 'POST' || run.method === 'PUT' || run.method === 'PATCH'
      ? JSON.stringify(Object.fromEntries(unused))
      : undefined
  const type = headers['content-type'] ?? 'application/json'
  if (typeof run.body !== 'string' || isJsonType(type)) return JSON.stringify(fillJson(run.body, lookup, room))
  // A form is pairs as a query is: one whose value is a placeholder without a value is left out.
  return type.includes('x-www-form-urlencoded')
    ? filledQuery(run.body, source).join('&')
    : fillText(run.body, lookup, undefined, room)
}

/** Whether a content type is JSON's. */
export function isJsonType(type: string): boolean {
  return /^[^;]*[/+]json\s*(;|$)/i.test(type)
}

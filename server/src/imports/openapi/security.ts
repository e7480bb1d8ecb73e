import type { NeededSecret } from '@volley/shared/api.ts'
import { isObject } from '@volley/shared/lib/json.ts'
import { below, type Place, type Source, textAt } from './source.ts'

/** What a tool sends to be let in, with placeholders of secrets, and the secrets that those name. */
export interface Credentials {
  headers: Record<string, string>
  query: [name: string, value: string][]
  secrets: NeededSecret[]
}

const NONE: Credentials = { headers: {}, query: [], secrets: [] }

/** The credentials of an operation: those of the first alternative that an http tool can send. */
export function credentialsOf(source: Source, operation: Place): Credentials {
  const own = below(operation, 'security')
  const security = own.value === undefined ? below(source.root, 'security') : own
  if (!Array.isArray(security.value) || security.value.length === 0) return NONE
  const alternatives = security.value.map((_one, index) => below(security, index))
  const sendable = alternatives.map((one) => alternativeOf(source, one))
  const first = sendable.find((one) => one !== null)
  if (first) return first
  source.problem(
    security.at,
    'None of these security schemes can be sent by an http tool: its calls go out without credentials.',
  )
  return NONE
}

/** All schemes of one alternative together; null where one of them cannot be sent. */
function alternativeOf(source: Source, place: Place): Credentials | null {
  if (!isObject(place.value)) {
    source.problem(place.at, 'A security requirement must be an object that names security schemes.')
    return null
  }
  const all: Credentials = { headers: {}, query: [], secrets: [] }
  for (const name of Object.keys(place.value)) {
    const scheme = schemeOf(source, below(place, name), name)
    const sent = scheme && sentBy(source, scheme, name)
    if (!sent) return null
    Object.assign(all.headers, sent.headers)
    all.query.push(...sent.query)
    all.secrets.push(...sent.secrets)
  }
  return all
}

function schemeOf(source: Source, used: Place, name: string): Place | null {
  const schemes =
    source.version === '2.0'
      ? below(source.root, 'securityDefinitions')
      : below(below(source.root, 'components'), 'securitySchemes')
  const found = below(schemes, name)
  const scheme = found.value === undefined ? null : source.follow(found)
  if (!scheme) source.problem(used.at, `There is no security scheme "${name}": correct the name, or add it.`)
  return scheme
}

function sentBy(source: Source, scheme: Place, name: string): Credentials | null {
  const type = textAt(below(scheme, 'type'))
  const secret = secretName(source, name)
  const placeholder = `{{secret.${secret}}}`
  const header = (key: string, value: string, what: string): Credentials => ({
    headers: { [key]: value },
    query: [],
    secrets: [{ name: secret, message: `${what} (security scheme "${name}").` }],
  })
  if (type === 'http' || type === 'basic') {
    const how = type === 'basic' ? 'basic' : (textAt(below(scheme, 'scheme')) ?? '').toLowerCase()
    if (how === 'bearer') return header('Authorization', `Bearer ${placeholder}`, 'The token, without "Bearer"')
    if (how === 'basic')
      return header('Authorization', `Basic ${placeholder}`, 'User name and password as user:password, in base64')
  }
  if (type === 'oauth2' || type === 'openIdConnect')
    return header('Authorization', `Bearer ${placeholder}`, 'An access token; Volley does not fetch or renew it')
  const key = textAt(below(scheme, 'name'))
  const where = textAt(below(scheme, 'in'))
  if (type === 'apiKey' && key !== null && where === 'header')
    return header(key, placeholder, `The key for the header "${key}"`)
  if (type === 'apiKey' && key !== null && where === 'query') {
    const message = `The key for "${key}" in the address (security scheme "${name}").`
    return { headers: {}, query: [[key, placeholder]], secrets: [{ name: secret, message }] }
  }
  const what = type === 'apiKey' && where === 'cookie' ? 'a key in a cookie' : `the type "${type ?? 'none'}"`
  source.problem(scheme.at, `The security scheme "${name}" cannot be sent by an http tool: it has ${what}.`)
  return null
}

/** Named for the interface as well as for the scheme, so that the keys of two services are not mixed up. */
function secretName(source: Source, scheme: string): string {
  const title = textAt(below(below(source.root, 'info'), 'title')) ?? ''
  const words = `${inCapitals(title).split('_').slice(0, 2).join('_')}_${inCapitals(scheme)}`
  return (
    words
      .replace(/^[^A-Z]+/, '')
      .slice(0, 64)
      .replace(/_+$/, '') || 'API_KEY'
  )
}

function inCapitals(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
}

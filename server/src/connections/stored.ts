import type { ModelKind } from '@volley/shared/api.ts'
import { onlyPlaceholder } from '@volley/shared/lib/template.ts'
import type { ConnectionRow } from '../store/connections.ts'
import type { ConnectionContent } from './content.ts'

// A connection as it is stored: what may be shown, and apart from it what may not.

export type Shown =
  | { kind: ModelKind; baseUrl?: string }
  | { kind: 'mcp'; url: string }
  | { kind: 'mcp'; command: string; args: string[]; cwd?: string }

/** Keys and values as they were given, placeholders and all. */
export interface Hidden {
  apiKey?: string
  headers?: Record<string, string>
  env?: Record<string, string>
}

export interface StoredConnection {
  name: string
  shown: Shown
  /** Null when it was stored with another key than the server has now. */
  hidden: Hidden | null
  hash: string
  approved: boolean
  createdAt: string
  updatedAt: string
}

/** A row of the store as the domain sees it. Only what runs a command on this machine needs an approval. */
export function storedConnection(row: ConnectionRow): StoredConnection {
  const shown = row.content as Shown
  return {
    name: row.name,
    shown,
    hidden: row.hidden as Hidden | null,
    hash: row.hash,
    approved: !('command' in shown) || row.approvedHash === row.hash,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }
}

/** Where a connection leads. What was stored for one place never goes to another. */
export function placeOf(shown: Shown): string {
  if ('command' in shown) return `command ${shown.command}`
  if (shown.kind === 'mcp') return new URL(shown.url).origin
  return new URL(shown.baseUrl ?? OWN_ADDRESS[shown.kind]).origin
}

/** Whether a connection names a port of this very machine. A name that only turns out to mean it is found out when it is connected to. */
export function leadsTo(shown: Shown, port: number): boolean {
  if ('command' in shown) return false
  const {
    hostname,
    protocol,
    port: named,
  } = new URL(shown.kind === 'mcp' ? shown.url : (shown.baseUrl ?? OWN_ADDRESS[shown.kind]))
  const reached = Number(named) || (protocol === 'https:' ? 443 : 80)
  return reached === port && THIS_MACHINE.test(hostname)
}

const THIS_MACHINE = /^(localhost|.*\.localhost|127\.[\d.]+|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[0-9a-f:]+\])$/

/** Where a model connection leads that names no address. */
export const OWN_ADDRESS: Record<ModelKind, string> = {
  openai: 'https://api.openai.com/v1',
  'openai-chat': 'https://api.openai.com/v1',
  anthropic: 'https://api.anthropic.com',
}

/** The parts of what was given that may be shown. */
export function shownOf(given: ConnectionContent): Shown {
  if (given.kind !== 'mcp')
    return { kind: given.kind, ...(given.baseUrl === undefined ? {} : { baseUrl: given.baseUrl }) }
  if (given.url !== undefined) return { kind: 'mcp', url: given.url }
  const { command = '', args = [], cwd } = given
  return { kind: 'mcp', command, args, ...(cwd === undefined ? {} : { cwd }) }
}

/**
 * The parts that may not, with what was left out (or is null) taken from `before`, which is what was stored for the same place; names
 * that `before` has no value for are told.
 */
export function hiddenOf(given: ConnectionContent, before: Hidden): { hidden: Hidden; missing: string[] } {
  if (given.kind !== 'mcp') {
    const apiKey = given.apiKey === undefined ? before.apiKey : (given.apiKey ?? undefined)
    return { hidden: apiKey === undefined ? {} : { apiKey }, missing: [] }
  }
  const key = given.url === undefined ? 'env' : 'headers'
  const wanted = given[key]
  const stored = before[key] ?? {}
  if (wanted === undefined) return { hidden: { [key]: stored }, missing: [] }
  const entries = Object.entries(wanted).map(([name, value]) => [name, value ?? stored[name]] as const)
  return {
    hidden: { [key]: Object.fromEntries(entries.filter(([, value]) => value !== undefined)) },
    missing: entries.filter(([, value]) => value === undefined).map(([name]) => name),
  }
}

/** What someone could do harm with: these are put out of sight wherever they would appear. */
export function valuesToHide({ apiKey, headers = {}, env = {} }: Hidden): string[] {
  const named = [...Object.entries(headers), ...Object.entries(env)].filter(([name]) => IS_SENSITIVE.test(name))
  const literal = [apiKey ?? '', ...named.map(([, value]) => value), ...Object.values(env).flatMap(passwordsIn)].filter(
    (value) => !value.includes('{{'),
  )
  // "Bearer abc": the second word alone is the secret.
  return literal.flatMap((value) => [value, ...value.split(/\s+/).filter((word) => word.length >= 12)])
}

/** A header or variable by its name; the value of any other (`NODE_ENV`, `Accept`) is no secret, and too common a word to hide. */
const IS_SENSITIVE = /auth|key|token|secret|passw|cookie|credential|session|signature|pat$/i

/** The password in an address such as `postgres://me:password@host/db`, as it stands there and as it is read. */
function passwordsIn(value: string): string[] {
  const password = URL.parse(value)?.password ?? ''
  if (password === '') return []
  try {
    return [password, decodeURIComponent(password)]
  } catch {
    return [password]
  }
}

/** A value that is one `{{secret.NAME}}` may be shown; any other is not. */
export function showable(value: string): string | null {
  return onlyPlaceholder(value) === null ? null : value
}

/** What a person must see before approving a command: every variable whose value is no secret, and all those that load other programs. */
export function showableVariable(name: string, value: string): string | null {
  const isOpen = LOADS.test(name) || (!IS_SENSITIVE.test(name) && passwordsIn(value).length === 0)
  return isOpen ? value : showable(value)
}

/** Variables that make a program run something else than its command says. */
const LOADS =
  /^(NODE_OPTIONS|NODE_PATH|LD_\w+|DYLD_\w+|PYTHON(PATH|HOME|STARTUP)|PERL5(LIB|OPT)|RUBY(LIB|OPT)|JAVA_TOOL_OPTIONS|BASH_ENV|ENV|PATH|SHELL|IFS|GIT_SSH_COMMAND)$/

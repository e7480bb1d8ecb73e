import type { ConnectionEntry, HiddenValues } from '@volley/shared/api.ts'
import { CONNECTION_NAME, type ConnectionContent } from '../api/connections.ts'
import { type FormKind, kindOf, OWN_ADDRESS } from './kinds.ts'

/** A named value in the form. `isStored`: the server has one that it does not show; it stays as long as nothing is typed. */
export interface Row {
  name: string
  value: string
  isStored: boolean
}

/** A connection as it stands in its form. */
export interface Draft {
  kind: FormKind
  name: string
  baseUrl: string
  apiKey: string
  /** The server has a key that it does not show. */
  hasKey: boolean
  url: string
  headers: Row[]
  command: string
  /** One argument a line: what a line holds is one argument, spaces and all. */
  args: string
  env: Row[]
  cwd: string
}

const EMPTY: Draft = {
  kind: 'openai-chat',
  name: '',
  baseUrl: '',
  apiKey: '',
  hasKey: false,
  url: '',
  headers: [],
  command: '',
  args: '',
  env: [],
  cwd: '',
}

/** The form of a new connection, or of one that is there. */
export function draftOf(entry: ConnectionEntry | null, kind: FormKind = 'openai-chat'): Draft {
  if (!entry) return { ...EMPTY, kind }
  return {
    ...EMPTY,
    kind: kindOf(entry),
    name: entry.name,
    baseUrl: entry.baseUrl ?? '',
    apiKey: entry.apiKey ?? '',
    hasKey: entry.apiKey === null,
    url: entry.url ?? '',
    headers: rowsOf(entry.headers),
    command: entry.command ?? '',
    args: (entry.args ?? []).join('\n'),
    env: rowsOf(entry.env),
    cwd: entry.cwd ?? '',
  }
}

/** What is wrong with a form in one sentence, or null when it can be sent. */
export function draftFault(draft: Draft): string | null {
  if (draft.name === '') return 'Give the connection a name: flows and tools call it by that.'
  if (!CONNECTION_NAME.test(draft.name)) return 'A name has 1 to 64 letters, digits, "_" or "-".'
  if (draft.kind === 'mcp-http' && draft.url.trim() === '') return 'Type the address of the MCP server.'
  if (draft.kind === 'mcp-stdio' && draft.command.trim() === '') return 'Type the command that starts the server.'
  const named = draft.kind === 'mcp-http' ? draft.headers : draft.kind === 'mcp-stdio' ? draft.env : []
  const empty = named.find(({ name, value, isStored }) => name.trim() !== '' && value === '' && !isStored)
  return empty ? `Type a value for ${empty.name}, or take it out.` : null
}

/** The form as the server takes it. */
export function contentOf(draft: Draft): ConnectionContent {
  if (draft.kind === 'mcp-http') return { kind: 'mcp', url: draft.url.trim(), headers: valuesOf(draft.headers) }
  if (draft.kind === 'mcp-stdio') {
    const args = draft.args === '' ? [] : draft.args.replace(/\n$/, '').split('\n')
    const cwd = draft.cwd.trim()
    return { kind: 'mcp', command: draft.command.trim(), args, env: valuesOf(draft.env), ...(cwd ? { cwd } : {}) }
  }
  const baseUrl = draft.baseUrl.trim()
  return {
    kind: draft.kind,
    ...(baseUrl === '' ? {} : { baseUrl }),
    ...(draft.apiKey === '' ? {} : { apiKey: draft.apiKey }),
  }
}

/** Whether what is stored hidden would be dropped: it goes only to the place it was stored for. */
export function losesStored(entry: ConnectionEntry | null, draft: Draft): boolean {
  if (!entry || kindOf(entry) !== draft.kind) return false
  if (draft.kind === 'mcp-stdio')
    return draft.command.trim() !== entry.command && draft.env.some(({ isStored, value }) => isStored && value === '')
  if (draft.kind === 'mcp-http')
    return (
      originOf(draft.url) !== originOf(entry.url ?? '') &&
      draft.headers.some(({ isStored, value }) => isStored && value === '')
    )
  const own = OWN_ADDRESS[draft.kind] ?? ''
  return draft.hasKey && draft.apiKey === '' && originOf(draft.baseUrl || own) !== originOf(entry.baseUrl ?? own)
}

const rowsOf = (values: HiddenValues = {}): Row[] =>
  Object.entries(values).map(([name, value]) => ({ name, value: value ?? '', isStored: value === null }))

const valuesOf = (rows: readonly Row[]): HiddenValues =>
  Object.fromEntries(
    rows
      .filter(({ name }) => name.trim() !== '')
      .map(({ name, value, isStored }) => [name.trim(), value === '' && isStored ? null : value]),
  )

const originOf = (address: string): string => (URL.canParse(address) ? new URL(address).origin : address)

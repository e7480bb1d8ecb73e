import type { ConnectionEntry, ModelKind } from '@volley/shared/api.ts'
import { canonicalJson } from '@volley/shared/lib/json.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import type { Secrets } from '../secrets/secrets.ts'
import type { ConnectionRows } from '../store/connections.ts'
import { type ConnectionContent, nameFault } from './content.ts'
import { resolveConnection } from './resolve.ts'
import {
  hiddenOf,
  leadsTo,
  placeOf,
  type StoredConnection,
  showable,
  showableVariable,
  shownOf,
  storedConnection,
  valuesToHide,
} from './stored.ts'

/** A connection for use, its secrets in their places. */
export type Connection = ModelConnection | McpConnection

interface Usable {
  name: string
  hash: string
  /** Always true but for a command that no person has approved as it is now. */
  approved: boolean
  /** Why it cannot be used now, as a sentence: a secret it needs is missing or may not go there. */
  problem: string | null
}

export interface ModelConnection extends Usable {
  kind: ModelKind
  baseUrl?: string
  apiKey?: string
}

export interface McpConnection extends Usable {
  kind: 'mcp'
  transport: McpTransport
}

export type McpTransport =
  | { is: 'http'; url: string; headers: Record<string, string> }
  | { is: 'stdio'; command: string; args: string[]; env: Record<string, string>; cwd?: string }

export interface ConnectionFault {
  code: 'unprocessable' | 'conflict' | 'not_found'
  message: string
}

/** For those who use connections: models and MCP. */
export interface ConnectionReader {
  /** The connection with its secrets resolved as they are now; null when there is none of this name. */
  get(name: string): Promise<Connection | null>
}

export interface Connections extends ConnectionReader {
  /** Hides what the stored ones keep secret, where another server may have changed them. */
  reload(): Promise<void>
  list(): Promise<ConnectionEntry[]>
  /** Stores it whole; only keys and values that are left out stay, and only where the place they go to is the same. */
  put(name: string, given: ConnectionContent): Promise<Result<ConnectionEntry, ConnectionFault>>
  delete(name: string): Promise<boolean>
  /** A person's approval of the very content that has this hash. */
  approve(name: string, hash: string): Promise<Result<ConnectionEntry, ConnectionFault>>
}

export interface ConnectionsOptions {
  secrets: Pick<Secrets, 'get'>
  /** Names that no connection may take. */
  builtIn: readonly string[]
  /** The port this server listens on, where no connection may lead; null where none listens. */
  ownPort: number | null
  /** Told of keys before they can be used, so that they never show. */
  hide: (values: string[]) => void
}

const MOST_CONNECTIONS = 500

/** The stored connections. */
export async function createConnections(
  rows: ConnectionRows,
  { secrets, builtIn, ownPort, hide }: ConnectionsOptions,
): Promise<Connections> {
  const read = async (name: string) => {
    const row = await rows.get(name)
    return row ? storedConnection(row) : null
  }
  const reload = async () =>
    hide((await rows.list()).flatMap((row) => valuesToHide(storedConnection(row).hidden ?? {})))
  await reload()

  return {
    reload,
    list: async () => (await rows.list()).map((row) => entryOf(storedConnection(row))),
    async put(name, given) {
      const fault = nameFault(name, builtIn)
      if (fault) return err({ code: 'unprocessable', message: fault })
      const standing = await read(name)
      if (!standing && (await rows.list()).length >= MOST_CONNECTIONS)
        return err({ code: 'unprocessable', message: `There are ${MOST_CONNECTIONS} connections: delete one first.` })
      const shown = shownOf(given)
      if (ownPort !== null && leadsTo(shown, ownPort))
        return err({ code: 'unprocessable', message: `The connection "${name}" would lead to Volley itself.` })
      const isSamePlace = standing !== null && placeOf(standing.shown) === placeOf(shown)
      const { hidden, missing } = hiddenOf(given, isSamePlace ? (standing.hidden ?? {}) : {})
      if (missing.length > 0)
        return err({
          code: 'unprocessable',
          message: `No value is stored for ${missing.join(', ')} of "${name}" at this address: give it anew.`,
        })
      hide(valuesToHide(hidden))
      const hash = await rows.hashOf(canonicalJson({ ...shown, ...hidden }))
      return ok(entryOf(storedConnection(await rows.put({ name, kind: shown.kind, content: shown, hidden, hash }))))
    },
    delete: (name) => rows.delete(name),
    async approve(name, hash) {
      const isApproved = await rows.approve(name, hash)
      const standing = await read(name)
      if (!standing) return err({ code: 'not_found', message: `There is no connection "${name}".` })
      if (isApproved) return ok(entryOf(standing))
      const message = `The connection "${name}" is not what you saw: it has changed. Look at it again, and approve that.`
      return err({ code: 'conflict', message })
    },
    async get(name) {
      const standing = await read(name)
      return standing ? resolveConnection(standing, secrets) : null
    },
  }
}

function entryOf({ name, shown, hidden, hash, approved, createdAt, updatedAt }: StoredConnection): ConnectionEntry {
  const { apiKey, headers, env } = hidden ?? {}
  const named = (values: Record<string, string> = {}, show: (name: string, value: string) => string | null) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, show(name, value)]))
  return {
    name,
    hash,
    approved,
    ...shown,
    ...(apiKey === undefined ? {} : { apiKey: showable(apiKey) }),
    ...('url' in shown ? { headers: named(headers, (_name, value) => showable(value)) } : {}),
    ...('command' in shown ? { env: named(env, showableVariable) } : {}),
    createdAt,
    updatedAt,
  }
}

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely, SqliteDialect } from 'kysely'
import { type ConnectionRow, type ConnectionRows, createConnectionRows } from './connections.ts'
import { nodeSqlite } from './nodeSqlite.ts'
import type { Tables } from './schema.ts'
import { createSeal, type Seal } from './seal.ts'
import { createSecretRows, type SecretRows } from './secrets.ts'
import { explainFault } from './storeFault.ts'

/**
 * What a data folder holds of secrets and connections, read once, without taking the folder from its server and without writing to it.
 * Nothing where there is no folder, no such table yet, or no key.
 */
export async function readSecretStore(
  folder: string,
  secretKey: string | null,
): Promise<{ secrets: SecretRows; connections: ConnectionRows }> {
  const file = path.join(folder, 'volley.db')
  const key = secretKey ?? keptKey(path.join(folder, 'secret.key'))
  const isThere = key !== null && existsSync(file)
  return readOnlyStore(isThere ? await readAll(file, createSeal(key)) : { secrets: [], connections: [] })
}

/** Secrets that a program gives, in front of those that a data folder holds, if one is read. */
export async function givenSecrets(
  given: Readonly<Record<string, string | undefined>>,
  kept: { secrets: SecretRows; connections: ConnectionRows } | null,
): Promise<{ secrets: SecretRows; connections: ConnectionRows }> {
  const at = new Date(0).toISOString()
  const own: Held['secrets'] = []
  for (const [name, value] of Object.entries(given))
    if (value) own.push({ name, value, origins: null, createdAt: at, updatedAt: at })
  const others = ((await kept?.secrets.values()) ?? []).filter(({ name }) => !given[name])
  const rest = kept ? await kept.connections.list() : []
  return readOnlyStore({ secrets: [...own, ...others], connections: rest })
}

interface Held {
  secrets: Awaited<ReturnType<SecretRows['values']>>
  connections: ConnectionRow[]
}

function readOnlyStore(found: Held): { secrets: SecretRows; connections: ConnectionRows } {
  const byName = new Map(found.connections.map((row) => [row.name, row]))
  return {
    secrets: {
      names: async () => found.secrets.map(({ value: _value, ...info }) => info),
      values: async () => found.secrets,
      put: readOnly,
      delete: readOnly,
    },
    connections: {
      list: async () => found.connections,
      get: async (name) => byName.get(name) ?? null,
      put: readOnly,
      delete: readOnly,
      approve: readOnly,
      hashOf: readOnly,
    },
  }
}

async function readAll(file: string, seal: Seal): Promise<Held> {
  try {
    return await readTables(new DatabaseSync(file, { readOnly: true, timeout: 2000 }), seal)
  } catch (error) {
    throw explainFault(error, file)
  }
}

async function readTables(connection: DatabaseSync, seal: Seal) {
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: nodeSqlite(connection) }) })
  const options = { seal, now: () => new Date(0) }
  try {
    const tables = (await db.introspection.getTables()).map(({ name }) => name)
    if (!tables.includes('secret') || !tables.includes('connection')) return { secrets: [], connections: [] }
    const secrets = await createSecretRows(db, options).values()
    const connections: ConnectionRow[] = await createConnectionRows(db, options).list()
    return { secrets, connections }
  } finally {
    await db.destroy()
  }
}

function keptKey(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim() || null
  } catch {
    return null
  }
}

async function readOnly(): Promise<never> {
  throw new Error('this process only reads the data folder')
}

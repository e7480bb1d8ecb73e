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
  const found =
    key === null || !existsSync(file) ? { secrets: [], connections: [] } : await readAll(file, createSeal(key))
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

async function readAll(file: string, seal: Seal) {
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

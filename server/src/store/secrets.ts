import type { Database } from './database.ts'
import type { Seal } from './seal.ts'

export interface SecretInfo {
  name: string
  /** Where http tools may send it; null: to wherever a tool's address points. */
  origins: string[] | null
  createdAt: string
  updatedAt: string
}

/** Stored secrets: encrypted at rest, and never given out but to the server itself. */
export interface SecretRows {
  put(name: string, secret: { value: string; origins: string[] | null }): Promise<void>
  /** False when there is none. */
  delete(name: string): Promise<boolean>
  /** By name, without values. */
  names(): Promise<SecretInfo[]>
  /** With values, for the server's own use; null for one that was stored with another key. */
  values(): Promise<(SecretInfo & { value: string | null })[]>
}

export function createSecretRows(db: Database, { seal, now }: { seal: Seal; now: () => Date }): SecretRows {
  const rows = () => db.selectFrom('secret').selectAll().orderBy('name').execute()
  const infoOf = (row: Awaited<ReturnType<typeof rows>>[number]): SecretInfo => ({
    name: row.name,
    origins: row.origins === null ? null : (JSON.parse(row.origins) as string[]),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  })
  return {
    async put(name, { value, origins }) {
      const at = now().toISOString()
      const written = {
        sealed: seal.close(placeOf(name), value),
        origins: origins === null ? null : JSON.stringify(origins),
        updated_at: at,
      }
      await db
        .insertInto('secret')
        .values({ name, ...written, created_at: at })
        .onConflict((conflict) => conflict.column('name').doUpdateSet(written))
        .execute()
    },
    async delete(name) {
      const { numDeletedRows } = await db.deleteFrom('secret').where('name', '=', name).executeTakeFirst()
      return numDeletedRows > 0n
    },
    names: async () => (await rows()).map(infoOf),
    values: async () =>
      (await rows()).map((row) => ({ ...infoOf(row), value: seal.open(placeOf(row.name), row.sealed) })),
  }
}

const placeOf = (name: string) => `secret ${name}`

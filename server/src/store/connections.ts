import type { Database } from './database.ts'
import type { Seal } from './seal.ts'

export interface ConnectionRow {
  name: string
  kind: string
  /** What may be shown, as the domain wrote it. */
  content: unknown
  /** What may not (keys, values of headers and environment); null when it was stored with another key. */
  hidden: unknown
  /** Of the content that matters; an approval is for one hash. */
  hash: string
  approvedHash: string | null
  createdAt: string
  updatedAt: string
}

/** Stored connections; their hidden parts are encrypted at rest. */
export interface ConnectionRows {
  /** Writes one whole. An approval is lost with the content it was for. */
  put(row: Pick<ConnectionRow, 'name' | 'kind' | 'content' | 'hidden' | 'hash'>): Promise<ConnectionRow>
  delete(name: string): Promise<boolean>
  get(name: string): Promise<ConnectionRow | null>
  /** By name. */
  list(): Promise<ConnectionRow[]>
  /** Approves this very content. False when the connection is not there, or has another hash by now. */
  approve(name: string, hash: string): Promise<boolean>
  /** The hash of a content: it gives nothing of its hidden parts away. */
  hashOf(text: string): Promise<string>
}

export function createConnectionRows(db: Database, { seal, now }: { seal: Seal; now: () => Date }): ConnectionRows {
  type Row = Awaited<ReturnType<typeof readAll>>[number]
  const readAll = () => db.selectFrom('connection').selectAll().orderBy('name').execute()
  const connectionOf = (row: Row): ConnectionRow => {
    const hidden = seal.open(placeOf(row.name), row.sealed)
    return {
      name: row.name,
      kind: row.kind,
      content: JSON.parse(row.content),
      hidden: hidden === null ? null : JSON.parse(hidden),
      hash: row.hash,
      approvedHash: row.approved_hash,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    }
  }
  const get = async (name: string) => {
    const row = await db.selectFrom('connection').selectAll().where('name', '=', name).executeTakeFirst()
    return row ? connectionOf(row) : null
  }

  return {
    async put({ name, kind, content, hidden, hash }) {
      const at = now().toISOString()
      const written = {
        kind,
        content: JSON.stringify(content),
        sealed: seal.close(placeOf(name), JSON.stringify(hidden)),
        hash,
        updated_at: at,
      }
      await db
        .insertInto('connection')
        .values({ name, ...written, approved_hash: null, created_at: at })
        .onConflict((conflict) =>
          conflict.column('name').doUpdateSet((eb) => ({
            ...written,
            approved_hash: eb.case().when('connection.hash', '=', hash).then(eb.ref('connection.approved_hash')).end(),
          })),
        )
        .execute()
      const row = await get(name)
      if (!row) throw new Error(`the connection ${name} was not there right after it was stored`)
      return row
    },
    async delete(name) {
      const { numDeletedRows } = await db.deleteFrom('connection').where('name', '=', name).executeTakeFirst()
      return numDeletedRows > 0n
    },
    get,
    list: async () => (await readAll()).map(connectionOf),
    async approve(name, hash) {
      const { numUpdatedRows } = await db
        .updateTable('connection')
        .set({ approved_hash: hash })
        .where('name', '=', name)
        .where('hash', '=', hash)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    hashOf: async (text) => seal.fingerprint(text),
  }
}

const placeOf = (name: string) => `connection ${name}`

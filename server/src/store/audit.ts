import type { Database } from './database.ts'

export interface AuditEntry {
  id: number
  at: string
  what: string
  detail: Record<string, unknown>
}

/** What was done that someone may want to look into later. Entries are added and never changed. */
export interface AuditRows {
  add(what: string, detail: Record<string, unknown>): Promise<void>
  /** The newest first. `before` is the entry that ended the list before. */
  list(page: { limit: number; before?: number | undefined }): Promise<AuditEntry[]>
}

export function createAuditRows(db: Database, { now }: { now: () => Date }): AuditRows {
  return {
    async add(what, detail) {
      await db
        .insertInto('audit')
        .values({ at: now().toISOString(), what, detail: JSON.stringify(detail) })
        .execute()
    },
    async list({ limit, before }) {
      let query = db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(limit)
      if (before !== undefined) query = query.where('id', '<', before)
      return (await query.execute()).map(({ id, at, what, detail }) => ({
        id,
        at,
        what,
        detail: JSON.parse(detail) as Record<string, unknown>,
      }))
    },
  }
}

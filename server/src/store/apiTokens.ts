import type { ApiTokenEntry } from '@volley/shared/api.ts'
import type { Database } from './database.ts'

/** Tokens of programs, by their hashes: none of them can be read back. */
export interface ApiTokenRows {
  add(row: ApiTokenEntry & { hash: string }): Promise<void>
  /** False when there is none. */
  delete(id: string): Promise<boolean>
  /** Newest first. */
  list(): Promise<ApiTokenEntry[]>
  byHash(hash: string): Promise<ApiTokenEntry | null>
  used(id: string, at: string): Promise<void>
}

export function createApiTokenRows(db: Database): ApiTokenRows {
  const rows = db
    .selectFrom('api_token')
    .select(['id', 'name', 'flow_id as flowId', 'created_at as createdAt', 'used_at as usedAt'])
  return {
    async add({ id, name, flowId, hash, createdAt, usedAt }) {
      const row = { id, name, flow_id: flowId, hash, created_at: createdAt, used_at: usedAt }
      await db.insertInto('api_token').values(row).execute()
    },
    async delete(id) {
      const { numDeletedRows } = await db.deleteFrom('api_token').where('id', '=', id).executeTakeFirst()
      return numDeletedRows > 0n
    },
    list: () => rows.orderBy('id', 'desc').execute(),
    byHash: async (hash) => (await rows.where('hash', '=', hash).executeTakeFirst()) ?? null,
    async used(id, at) {
      await db.updateTable('api_token').set({ used_at: at }).where('id', '=', id).execute()
    },
  }
}

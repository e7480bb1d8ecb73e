import type { Database } from './database.ts'

/** What was set for the whole server, by name. */
export interface Settings {
  get(name: string): Promise<unknown>
  set(name: string, value: unknown): Promise<void>
}

export function createSettings(db: Database, { now }: { now: () => Date }): Settings {
  return {
    async get(name) {
      const row = await db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst()
      return row ? JSON.parse(row.value) : undefined
    },
    async set(name, value) {
      const written = { value: JSON.stringify(value), updated_at: now().toISOString() }
      await db
        .insertInto('setting')
        .values({ name, ...written })
        .onConflict((conflict) => conflict.column('name').doUpdateSet(written))
        .execute()
    },
  }
}

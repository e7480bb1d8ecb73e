import type { Database } from './database.ts'

/** Small texts that all servers of a shared store have in common, as the data folder has them for one server alone. */
export function createKeptTexts(db: Database, { now }: { now: () => Date }) {
  return {
    /** The text of this name. Where there is none yet, the one that was made first is everyone's. */
    async get(name: string, make: () => string): Promise<string> {
      const row = { name: `kept ${name}`, value: JSON.stringify(make()), updated_at: now().toISOString() }
      await db
        .insertInto('setting')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      const kept = await db.selectFrom('setting').select('value').where('name', '=', row.name).executeTakeFirstOrThrow()
      return JSON.parse(kept.value) as string
    },
  }
}

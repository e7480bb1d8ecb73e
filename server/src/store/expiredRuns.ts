import type { Retention } from '@volley/shared/run/retention.ts'
import type { RunSpec } from '../engine/ports.ts'
import type { Database } from './database.ts'

/** Finished runs that need not be kept any longer. */
export interface ExpiredRuns {
  /** Their ids, the oldest first. A run that an unfinished one still needs is none of them. */
  list(retention: Retention): Promise<string[]>
  /** Deletes them with all that is stored of them. */
  delete(runIds: readonly string[]): Promise<void>
  /** How many finished runs there are. */
  finished(): Promise<number>
}

const DAY_MS = 86_400_000
/** All that holds something of a run beside `run` itself. */
export const TABLES_OF_RUNS = [
  'event',
  'exchange',
  'run_digest',
  'run_tool',
  'run_finding',
  'idempotency_key',
  'decision',
] as const

export function createExpiredRuns(db: Database, { now }: { now: () => Date }): ExpiredRuns {
  return {
    async list({ days, runs }) {
      const ids = new Set<string>()
      const finished = db.selectFrom('run').select('id').where('finished_at', 'is not', null)
      if (days !== null) {
        const before = new Date(now().getTime() - days * DAY_MS).toISOString()
        for (const { id } of await finished.where('finished_at', '<', before).execute()) ids.add(id)
      }
      if (runs !== null) {
        // SQLite takes no offset without a limit.
        const beyond = finished.orderBy('id', 'desc').limit(Number.MAX_SAFE_INTEGER).offset(runs)
        for (const { id } of await beyond.execute()) ids.add(id)
      }
      if (ids.size === 0) return []
      for (const id of await inUse(db)) ids.delete(id)
      return [...ids].sort()
    },
    async delete(runIds) {
      await db.transaction().execute(async (transaction) => {
        for (const table of TABLES_OF_RUNS) await transaction.deleteFrom(table).where('run_id', 'in', runIds).execute()
        await transaction.deleteFrom('run').where('id', 'in', runIds).where('finished_at', 'is not', null).execute()
      })
    },
    async finished() {
      const { count } = db.fn
      const row = await db
        .selectFrom('run')
        .select(count<number>('id').as('runs'))
        .where('finished_at', 'is not', null)
        .executeTakeFirst()
      return row?.runs ?? 0
    },
  }
}

/** What unfinished runs look at when they go on: the run they replay, and the runs their calls began. */
async function inUse(db: Database): Promise<string[]> {
  const open = await db.selectFrom('run').select(['id', 'spec']).where('finished_at', 'is', null).execute()
  const replayed = open.flatMap(({ spec }) => (JSON.parse(spec) as RunSpec).replay?.of ?? [])
  if (open.length === 0) return replayed
  const nested = await db
    .selectFrom('event')
    .select('data')
    .where('type', '=', 'call.nested')
    .where(
      'run_id',
      'in',
      open.map(({ id }) => id),
    )
    .execute()
  return [...replayed, ...nested.map(({ data }) => (JSON.parse(data) as { runId: string }).runId)]
}

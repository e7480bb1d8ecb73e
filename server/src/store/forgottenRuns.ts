import { sql } from 'kysely'
import type { Database } from './database.ts'

const MOST = 200

/**
 * Unfinished runs that no job stands for although something is to be done on them: a job that ended at the wrong moment. Those that wait
 * for people alone are none of them.
 */
export async function findForgottenRuns(db: Database, queue: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select run.id from run
    where run.finished_at is null
      and (run.status = 'running' or run.cancel_requested = 1
        or exists (select 1 from decision where decision.run_id = run.id))
      and not exists (
        select 1 from pgboss.job
        where job.name = ${queue} and job.singleton_key = run.id
          and job.state in ('created', 'retry', 'active'))
    order by run.id limit ${MOST}`.execute(db)
  return rows.map(({ id }) => id)
}

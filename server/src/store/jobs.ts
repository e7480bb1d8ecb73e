import { type Expression, sql } from 'kysely'
import type { Database } from './database.ts'

// What pg-boss keeps of its jobs, beside our tables in the same database.

const MOST = 200
/** Jobs that are to be done, or are being done. */
const OPEN = sql`('created', 'retry', 'active')`

const hasNoJob = (queue: string, id: Expression<unknown>) =>
  sql`not exists (select 1 from pgboss.job where job.name = ${queue} and job.singleton_key = ${id} and job.state in ${OPEN})`

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
      and ${hasNoJob(queue, sql.ref('run.id'))}
    order by run.id limit ${MOST}`.execute(db)
  return rows.map(({ id }) => id)
}

/** Evals that are to go on and that no job stands for: one that was resumed right when the job of its earlier half ended. */
export async function findForgottenEvals(db: Database, queue: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from eval
    where status = 'running'
      and ${hasNoJob(queue, sql.ref('eval.id'))}
    order by id limit ${MOST}`.execute(db)
  return rows.map(({ id }) => id)
}

export interface JobCounts {
  ready: number
  active: number
  /** Seconds since the one that is ready longest could have been taken. */
  lag: number
}

/** How many runs are ready to be taken up, and taken, over all servers. */
export async function countJobs(db: Database, queue: string): Promise<JobCounts> {
  const { rows } = await sql<JobCounts>`
    select count(*) filter (where state <> 'active') as ready, count(*) filter (where state = 'active') as active,
      greatest(0, coalesce(extract(epoch from now() - min(start_after) filter (where state <> 'active')), 0)) as lag
    from pgboss.job where name = ${queue} and state in ${OPEN}`.execute(db)
  return rows[0] ?? { ready: 0, active: 0, lag: 0 }
}

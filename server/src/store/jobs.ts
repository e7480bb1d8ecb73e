import { sql } from 'kysely'
import type { Database } from './database.ts'

// What pg-boss keeps of its jobs, beside our tables in the same database.

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

/** Evals that are to go on and that no job stands for: one that was resumed right when the job of its earlier half ended. */
export async function findForgottenEvals(db: Database, queue: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from eval
    where status = 'running'
      and not exists (
        select 1 from pgboss.job
        where job.name = ${queue} and job.singleton_key = eval.id
          and job.state in ('created', 'retry', 'active'))
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
    from pgboss.job where name = ${queue} and state in ('created', 'retry', 'active')`.execute(db)
  return rows[0] ?? { ready: 0, active: 0, lag: 0 }
}

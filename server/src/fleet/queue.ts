import type { Transaction } from 'kysely'
import { fromKysely, PgBoss } from 'pg-boss'
import type { Tables } from '../store/schema.ts'

// Which server takes up which run: jobs of pg-boss, one at a time for each run. Its heartbeats tell a server that died from one that works
// long; its retries hand the run to another one. The settings are measured: see docs/decisions.

/** A run that was handed to this server, for as long as its job is ours. */
export interface HandedRun {
  runId: string
  /** Aborts when the job is not ours any more. */
  signal: AbortSignal
  /** Whether the job is ours, asked in this transaction. */
  holds(transaction: Transaction<Tables>): Promise<boolean>
}

export interface RunQueue {
  /** Hands a run to whichever server is free, in the transaction that makes it so. Nothing where it is handed out already. */
  send(database: Pick<Transaction<Tables>, 'executeQuery'>, runId: string): Promise<void>
  /** Takes runs; one is done when `take` resolves, and is handed out anew when it rejects. */
  work(take: (run: HandedRun) => Promise<void>): Promise<void>
  /** Takes no more. */
  rest(): Promise<void>
  close(): Promise<void>
}

const RUNS = 'volley-run'
const SETTINGS = {
  policy: 'exclusive',
  heartbeatSeconds: 10,
  retryDelay: 0,
  // A run that loses its server goes on with another one, however often; runs that kill servers are ended by their count of deaths.
  retryLimit: 1_000_000,
  // A run may wait for a slow tool for long: the heartbeat says whether it lives.
  expireInSeconds: 86_399,
  deleteAfterSeconds: 600,
  notify: true,
} as const

/** Opens the queue on the shared database; its tables are made where they are missing, in a schema of their own. */
export async function openQueue(url: string, { onFault }: { onFault(fault: unknown): void }): Promise<RunQueue> {
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'volley queue',
    options: '-c idle_in_transaction_session_timeout=4000',
    max: 6,
    schedule: false,
    useListenNotify: true,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
  })
  boss.on('error', onFault)
  await boss.start()
  await boss.createQueue(RUNS, SETTINGS)

  return {
    async send(database, runId) {
      await boss.send(RUNS, { runId }, { singletonKey: runId, db: fromKysely(database) })
    },
    async work(take) {
      await boss.work<{ runId: string }>(
        RUNS,
        {
          batchSize: 1,
          localConcurrency: 50,
          heartbeatRefreshSeconds: 3,
          pollingIntervalSeconds: 0.5,
          notifyPollingIntervalSeconds: 2,
        },
        async ([job]) => {
          if (!job) return
          await take({
            runId: job.data.runId,
            signal: job.signal,
            async holds(transaction) {
              const attempt = { id: job.id, retryCount: job.retryCount }
              const answer = await boss.touch(RUNS, attempt, { db: fromKysely(transaction) })
              // Its types leave out what it answers.
              return (answer as { affected?: number }).affected === 1
            },
          })
        },
      )
    },
    rest: () => boss.offWork(RUNS, { wait: false }),
    close: () => boss.stop({ graceful: false, close: true }),
  }
}

/** The jobs that are to be done or being done, as the database keeps them: what a search for forgotten runs looks into. */
export const OPEN_JOBS = { table: 'pgboss.job', queue: RUNS, states: ['created', 'retry', 'active'] } as const

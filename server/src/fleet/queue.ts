import { fromKysely, PgBoss } from 'pg-boss'
import type { Database, Transaction } from '../store/database.ts'
import { CONNECTION_SECONDS, explainPostgres, isAway, placeOf } from '../store/postgres.ts'
import { every } from './every.ts'

// Which server takes up which run, or eval: jobs of pg-boss, one at a time for each. Its heartbeats tell a server that died from one that
// works long; its retries hand the work to another one. The settings are measured: see docs/decisions.

/** Something that was handed to this server, for as long as its job is ours. */
export interface Handed {
  id: string
  /** Aborts when the job is not ours any more. */
  signal: AbortSignal
  /** Whether the job is ours, asked in this transaction. */
  holds(transaction: Transaction): Promise<boolean>
}

export interface Queue {
  name: string
  /**
   * Hands it to whichever server is free; in a transaction once that is committed. Nothing where it is handed out already. `depth`: how many
   * others wait for it, one inside of the other; the deeper goes first.
   */
  send(database: Pick<Database, 'executeQuery'>, id: string, depth?: number): Promise<void>
  /** Takes work; it is done when `take` resolves, and is handed out anew when it rejects. */
  work(take: (handed: Handed) => Promise<void>): Promise<void>
  /** Takes no more. */
  rest(): Promise<void>
}

export interface Queues {
  runs: Queue
  evals: Queue
  close(): Promise<void>
}

const RUNS = 'volley-run'
const EVALS = 'volley-eval'
/**
 * So much one server has in hand at the same time, and beside that, of runs inside of runs: at least so many from each depth on. Were all
 * places taken by runs that wait for inner ones, these would never get one.
 */
const AT_ONCE = { [RUNS]: [50, 4, 1, 1, 1, 1, 1, 1, 1], [EVALS]: [4] } as const
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

const SUPERVISE_MS = 2_000
/**
 * For so long after the database was away no heartbeat counts as missed: nobody could make one, and servers that live make theirs anew first.
 * Also after a start, since what was before is not known.
 */
const PATIENCE_MS = 6_000
const SAME_FAULT_MS = 10_000
/** Its types leave this out; it hands it on to its connections. */
const POOL = { maxLifetimeSeconds: CONNECTION_SECONDS }

/** Opens the queue on the shared database; its tables are made where they are missing, in a schema of their own. */
export async function openQueues(
  url: string,
  {
    onFault,
    atOnce = AT_ONCE,
  }: { onFault(fault: unknown): void; atOnce?: Record<keyof typeof AT_ONCE, readonly number[]> },
): Promise<Queues> {
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'volley queue',
    options: '-c idle_in_transaction_session_timeout=4000',
    max: 6,
    ...POOL,
    schedule: false,
    useListenNotify: true,
    supervise: false,
    monitorIntervalSeconds: SUPERVISE_MS / 1000,
  })
  const where = placeOf(url)
  let awayAt = performance.now()
  const told = new Map<string, number>()
  const faulted = (fault: unknown) => {
    if (isAway(fault)) awayAt = performance.now()
    // What it emits is not always an error.
    const explained = explainPostgres(
      fault instanceof Error ? fault : Object.assign(new Error(), fault),
      where,
    ) as Error
    // Each of its workers says the same, every two seconds, for as long as the database is away.
    const before = told.get(explained.name === 'StoreFault' ? explained.message : '') ?? Number.NEGATIVE_INFINITY
    if (performance.now() - before < SAME_FAULT_MS) return
    if (explained.name === 'StoreFault') told.set(explained.message, performance.now())
    onFault(explained)
  }
  boss.on('error', faulted)
  await boss.start()
  const supervision = every(
    SUPERVISE_MS,
    async () => {
      if (performance.now() - awayAt > PATIENCE_MS) await boss.supervise()
    },
    faulted,
  )
  await boss.createQueue(RUNS, SETTINGS)
  await boss.createQueue(EVALS, SETTINGS)

  const queueOf = (name: keyof typeof AT_ONCE): Queue => ({
    name,
    async send(database, id, depth = 0) {
      await boss
        .send(name, { id }, { singletonKey: id, priority: depth, db: fromKysely(database) })
        .catch((fault: unknown) => {
          throw explainPostgres(fault, where)
        })
    },
    async work(take) {
      for (const [depth, places] of atOnce[name].entries())
        await boss.work<{ id: string }>(
          name,
          {
            batchSize: 1,
            localConcurrency: places,
            minPriority: depth,
            heartbeatRefreshSeconds: 3,
            pollingIntervalSeconds: 0.5,
            notifyPollingIntervalSeconds: 2,
          },
          async ([job]) => {
            if (!job) return
            await take({
              id: job.data.id,
              signal: job.signal,
              async holds(transaction) {
                const attempt = { id: job.id, retryCount: job.retryCount }
                const answer = await boss.touch(name, attempt, { db: fromKysely(transaction) })
                // Its types leave out what it answers.
                return (answer as { affected?: number }).affected === 1
              },
            })
          },
        )
    },
    rest: () => boss.offWork(name, { wait: false }),
  })
  return {
    runs: queueOf(RUNS),
    evals: queueOf(EVALS),
    async close() {
      const supervised = supervision.stop()
      await boss.stop({ graceful: false, close: true })
      await supervised
    },
  }
}

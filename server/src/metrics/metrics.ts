import type { RunEvent } from '@volley/shared/run/events.ts'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { EventLog } from '../engine/ports.ts'

/** What this server did, as Prometheus reads it. */
export interface Metrics {
  /** The same log; what is stored through it is counted, once it is durable. */
  counting(log: EventLog): EventLog
  /** The text of all numbers, and its type. */
  read(): Promise<{ text: string; contentType: string }>
}

export interface MetricsOptions {
  /** Runs over all servers that are ready to be taken up, and those that were; null where there is no queue. */
  queue: (() => Promise<{ ready: number; active: number; lag: number }>) | null
  /** The connections to the shared database; null for the store in the folder. */
  pool: (() => { total: number; idle: number; waiting: number }) | null
}

/** Counts per process, in a registry of its own; the sums over servers are the reader's. */
export function createMetrics({ queue, pool }: MetricsOptions): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const started = new Counter({ name: 'volley_runs_started_total', help: 'Runs that were begun here.', registers })
  const ended = new Counter({
    name: 'volley_runs_finished_total',
    help: 'Runs that ended here, by status.',
    labelNames: ['status'],
    registers,
  })
  const calls = new Counter({
    name: 'volley_calls_finished_total',
    help: 'Calls that ended here, by status.',
    labelNames: ['status'],
    registers,
  })
  const seconds = new Histogram({
    name: 'volley_call_seconds',
    help: 'What calls that succeeded took, from the start of the first attempt.',
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  })
  const appends = new Histogram({
    name: 'volley_append_seconds',
    help: 'How long it took until events were durable.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
    registers,
  })
  if (queue) {
    // Both gauges are read in one go: the queue is asked once for them.
    let asked: ReturnType<typeof queue> | null = null
    const counts = () =>
      (asked ??= queue().finally(() => {
        asked = null
      }))
    new Gauge({
      name: 'volley_queue_runs',
      help: 'Runs in the queue of all servers, by state.',
      labelNames: ['state'],
      registers,
      async collect() {
        const { ready, active } = await counts()
        this.set({ state: 'ready' }, ready)
        this.set({ state: 'active' }, active)
      },
    })
    new Gauge({
      name: 'volley_queue_lag_seconds',
      help: 'How long the run that is ready longest has been so.',
      registers,
      async collect() {
        this.set((await counts()).lag)
      },
    })
  }
  if (pool)
    new Gauge({
      name: 'volley_database_connections',
      help: 'Connections of this server to the database, by state; waiting are those who wait for one.',
      labelNames: ['state'],
      registers,
      collect() {
        for (const [state, count] of Object.entries(pool())) this.set({ state }, count)
      },
    })

  const count = (event: RunEvent) => {
    if (event.type === 'run.started') started.inc()
    if (event.type === 'run.finished') ended.inc({ status: event.status })
    const status = /^call\.(succeeded|failed|skipped|cancelled)$/.exec(event.type)?.[1]
    if (status) calls.inc({ status })
    if (event.type === 'call.succeeded') seconds.observe(event.durationMs / 1000)
  }
  const counted = async (write: Promise<void>, events: readonly RunEvent[]) => {
    const observe = appends.startTimer()
    await write
    observe()
    events.forEach(count)
  }
  return {
    counting: (log) => ({
      ...log,
      create: (spec, events, status) => counted(log.create(spec, events, status), events),
      append: (runId, events, status) => counted(log.append(runId, events, status), events),
    }),
    read: async () => ({ text: await registry.metrics(), contentType: registry.contentType }),
  }
}

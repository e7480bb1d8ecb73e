import type { Clock } from '../../engine/ports.ts'
import { createFairQueue } from './fairQueue.ts'
import type { FetchAnswer, FetchRequest, Report, ToWorker } from './protocol.ts'
import { victimOf } from './victim.ts'
import type { LaunchWorker, Worker } from './workerProcess.ts'

// The processes that user code runs in. Invariants:
// 1. A process works on one order at a time, and every order gets exactly one report.
// 2. At most `size` orders compute at once; those that wait for an answer from outside hold a process, but no place.
// 3. A process that is late, was stopped in the middle, gave up or says that it is spoiled is killed, never used again.
// 4. An order of a key without a place does not wait for long ones of keys that had much more time: one of those is stopped and begins
//    again later, when it gets at least twice the time (its key has then been waiting while others used theirs). Only code that has
//    touched nothing outside is stopped so: to begin it again is then to go on.

export type Order = Extract<ToWorker, { do: 'run' | 'check' }>

export interface PoolTask {
  /** Orders of one key take turns with those of others. */
  key: string
  /** The order for a process, given how much time is left. */
  order(leftMs: number): Order
  deadlineMs: number
  /** Answers what the code fetches; the signal aborts when its execution ends. */
  fetch?: (request: FetchRequest, signal: AbortSignal) => Promise<FetchAnswer>
}

/** `null`: the signal aborted, or the pool closed. */
export type PoolAnswer = Report | null

export interface Pool {
  run(task: PoolTask, signal: AbortSignal): Promise<PoolAnswer>
  /** Kills every process; resolves when all are gone. */
  close(): Promise<void>
}

export interface PoolOptions {
  size: number
  clock: Clock
  launch: LaunchWorker
  /** Told when processes do not start. */
  onFault(fault: Error): void
}

/** How long an order may at least hold a place that an order of another key waits for. */
const SLICE_MS = 250
const MOST_KEYS_REMEMBERED = 1000
/** A process that does not end its order by itself in this time after the deadline is killed. */
const GRACE_MS = 250
const IDLE_MS = 60_000
const PROCESSES_PER_PLACE = 4
const MOST_FAILED_STARTS = 3

interface Job {
  task: PoolTask
  endsAt: number
  startedAt: number
  /** What it has done can be undone by forgetting it. */
  mayBeginAgain: boolean
  isWaiting: boolean
  process: Process | null
  ended: AbortController
  cancelTimer: () => void
  report(answer: PoolAnswer): void
}

interface Process {
  worker: Worker
  isReady: boolean
  job: Job | null
  idleSince: number
}

export function createPool({ size, clock, launch, onFault }: PoolOptions): Pool {
  const queue = createFairQueue<Job>()
  const processes = new Set<Process>()
  const running = new Set<Job>()
  let failedStarts = 0
  let isClosed = false
  let whenEmpty: (() => void) | null = null
  let cancelLook = () => {}
  let cancelTidy = () => {}

  const places = () => [...running].filter((job) => !job.isWaiting)
  /** How long each key has computed so far. */
  const used = new Map<string, number>()
  const usedBy = (key: string) => used.get(key) ?? 0
  const claimOf = (key: string) => [placesOf(key), usedBy(key)]
  const placesOf = (key: string) => places().filter((job) => job.task.key === key).length

  // --- orders

  const countUse = ({ task: { key }, startedAt, process }: Job) => {
    if (!process) return
    const soFar = usedBy(key) + clock.now() - startedAt
    used.delete(key)
    used.set(key, soFar)
    if (used.size > MOST_KEYS_REMEMBERED) used.delete(used.keys().next().value ?? '')
  }

  const finish = (job: Job, answer: PoolAnswer) => {
    countUse(job)
    job.cancelTimer()
    job.ended.abort()
    running.delete(job)
    queue.remove(job.task.key, job)
    if (job.process) {
      job.process.job = null
      job.process.idleSince = clock.now()
      job.process = null
    }
    job.report(answer)
  }

  /** Takes the process away from its job and ends it. */
  const killUnder = (job: Job) => {
    const { process } = job
    if (!process) return
    countUse(job)
    job.process = null
    process.job = null
    drop(process)
  }

  const start = (job: Job, process: Process) => {
    const leftMs = job.endsAt - clock.now()
    if (leftMs <= 0) return finish(job, LATE)
    Object.assign(job, { process, startedAt: clock.now(), isWaiting: false, mayBeginAgain: true })
    process.job = job
    running.add(job)
    process.worker.send(job.task.order(Math.ceil(leftMs)))
  }

  const beginAgainLater = (job: Job) => {
    killUnder(job)
    running.delete(job)
    queue.add(job.task.key, job)
  }

  const answerFetch = async (job: Job, fetch: number, request: FetchRequest) => {
    const { process } = job
    job.mayBeginAgain = false
    const answer = await (job.task.fetch?.(request, job.ended.signal) ??
      Promise.resolve<FetchAnswer>({ ok: false, message: 'There is no network here.' }))
    if (!process || process.job !== job) return
    job.isWaiting = false
    process.worker.send({ do: 'answer', fetch, answer })
  }

  // --- processes

  const addProcess = () => {
    const process: Process = { worker: { send() {}, kill() {} }, isReady: false, job: null, idleSince: clock.now() }
    processes.add(process)
    process.worker = launch({
      onMessage(message) {
        const { job } = process
        if (message.is === 'ready') {
          process.isReady = true
          failedStarts = 0
        } else if (!processes.has(process) || !job) {
          return
        } else if (message.is === 'waiting') {
          job.isWaiting = true
        } else if (message.is === 'fetch') {
          void answerFetch(job, message.fetch, message.request)
          return
        } else {
          finish(job, message.report)
          if (message.report.spoiled) drop(process)
        }
        look()
      },
      onExit(said) {
        processes.delete(process)
        if (process.job) finish(process.job, CRASHED)
        else if (!process.isReady && !isClosed && !dropped.has(process)) failStart(said)
        dropped.delete(process)
        if (processes.size + dropped.size === 0) whenEmpty?.()
        look()
      },
    })
  }

  /** Killed, and not gone yet. */
  const dropped = new Set<Process>()
  const drop = (process: Process) => {
    if (!processes.delete(process)) return
    dropped.add(process)
    process.worker.kill()
  }

  const failStart = (said: string) => {
    if (++failedStarts < MOST_FAILED_STARTS) return
    failedStarts = 0
    onFault(new Error(`the process for code tools does not start: ${said.trim() || 'it says nothing'}`))
    for (let key = queue.nextKey(() => []); key !== null; key = queue.nextKey(() => [])) {
      const job = queue.take(key)
      if (job) finish(job, CRASHED)
    }
  }

  // --- who runs next

  /** Gives free places away, makes processes for them, and stops long orders that keep others waiting. */
  function look() {
    cancelLook()
    cancelLook = () => {}
    if (isClosed) return
    while (queue.size > 0 && places().length < size) {
      const process = [...processes].find((one) => one.isReady && !one.job)
      if (!process) break
      const job = queue.take(queue.nextKey(claimOf) ?? '')
      if (job) start(job, process)
    }
    const free = Math.max(0, size - places().length)
    const idle = [...processes].filter((one) => !one.job).length
    // One more than can be used now: it takes over when one has to be killed.
    const wanted = queue.size === 0 ? 0 : Math.min(queue.size, free) + 1 - idle
    for (let n = 0; n < wanted && processes.size < size * PROCESSES_PER_PLACE; n++) addProcess()
    if (queue.size > 0 && free === 0) makeRoom()
    tidyLater()
  }

  function makeRoom() {
    const key = queue.nextKey(claimOf)
    if (key === null) return
    const candidates = places().filter((job) => job.mayBeginAgain)
    const next = victimOf(
      candidates.map((job) => ({
        job,
        places: placesOf(job.task.key),
        freeAt: job.startedAt + Math.max(SLICE_MS, 2 * usedBy(key) - usedBy(job.task.key)),
      })),
      placesOf(key),
    )
    if (!next) return
    const waitMs = next.freeAt - clock.now()
    if (waitMs > 0) {
      cancelLook = clock.after(waitMs, look)
      return
    }
    beginAgainLater(next.job)
    look()
  }

  /** Processes that had nothing to do for long go. */
  function tidyLater() {
    cancelTidy()
    const idle = [...processes].filter((one) => one.isReady && !one.job)
    const [first] = idle.sort((one, other) => one.idleSince - other.idleSince)
    cancelTidy = first
      ? clock.after(Math.max(0, first.idleSince + IDLE_MS - clock.now()), () => {
          if (!first.job) drop(first)
          tidyLater()
        })
      : () => {}
  }

  return {
    run(task, signal) {
      if (signal.aborted || isClosed) return Promise.resolve(null)
      return new Promise((resolve) => {
        const stop = () => {
          const wasRunning = job.process !== null
          killUnder(job)
          finish(job, null)
          // The next call should not have to wait for a process to start.
          if (wasRunning && !isClosed && processes.size < size) addProcess()
          look()
        }
        const job: Job = {
          task,
          endsAt: clock.now() + task.deadlineMs,
          startedAt: 0,
          mayBeginAgain: true,
          isWaiting: false,
          process: null,
          ended: new AbortController(),
          cancelTimer: clock.after(task.deadlineMs + GRACE_MS, () => {
            killUnder(job)
            finish(job, LATE)
            look()
          }),
          report(answer) {
            signal.removeEventListener('abort', stop)
            resolve(answer)
          },
        }
        signal.addEventListener('abort', stop, { once: true })
        queue.add(task.key, job)
        look()
      })
    },
    async close() {
      isClosed = true
      cancelLook()
      cancelTidy()
      const gone = new Promise<void>((resolve) => {
        whenEmpty = resolve
      })
      for (let key = queue.nextKey(() => []); key !== null; key = queue.nextKey(() => [])) {
        const job = queue.take(key)
        if (job) finish(job, null)
      }
      for (const job of [...running]) {
        killUnder(job)
        finish(job, null)
      }
      for (const process of [...processes]) drop(process)
      if (dropped.size > 0) await gone
    },
  }
}

const CRASHED: Report = { ending: { is: 'crashed' }, console: [], spoiled: true }
const LATE: Report = { ending: { is: 'timeout' }, console: [], spoiled: true }

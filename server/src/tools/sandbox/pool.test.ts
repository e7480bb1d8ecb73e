import { expect, test } from 'vitest'
import { createPool } from './pool.ts'
import type { Ending, Report, ToWorker } from './protocol.ts'
import type { LaunchWorker, WorkerEvents } from './workerProcess.ts'

// The pool on a clock turned by hand, with processes that do what the test says.

function stage(size = 2) {
  let now = 0
  const timers = new Set<{ at: number; callback: () => void }>()
  const clock = {
    now: () => now,
    after(ms: number, callback: () => void) {
      const timer = { at: now + ms, callback }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  const processes: { orders: ToWorker[]; events: WorkerEvents; isKilled: boolean }[] = []
  let starts = true
  const launch: LaunchWorker = (events) => {
    const process = { orders: [] as ToWorker[], events, isKilled: false }
    processes.push(process)
    queueMicrotask(() => (starts ? events.onMessage({ is: 'ready' }) : events.onExit('it does not know --permission')))
    return {
      send: (order) => void process.orders.push(order),
      kill: () => {
        process.isKilled = true
        queueMicrotask(() => events.onExit(''))
      },
    }
  }
  const faults: string[] = []
  const pool = createPool({ size, clock, launch, onFault: ({ message }) => faults.push(message) })
  const started: string[] = []
  const ended: string[] = []
  const run = (name: string, { key = name, deadlineMs = 30_000, signal = new AbortController().signal } = {}) => {
    const order = (leftMs: number) => {
      started.push(name)
      return { do: 'run', source: name, argumentsJson: '{}', deadlineMs: leftMs, mayFetch: true } as const
    }
    const fetch = async () => ({ ok: false, message: 'no' }) as const
    const answer = pool.run({ key, order, deadlineMs, fetch }, signal)
    void answer.then((report) => ended.push(`${name} ${report?.ending.is ?? 'stopped'}`))
    return answer
  }
  /** The process that works on that source now. */
  const at = (name: string) => {
    const found = processes.find((one) => {
      const last = one.orders.findLast((order) => order.do === 'run')
      return !one.isKilled && last?.source === name
    })
    if (!found) throw new Error(`nothing works on ${name}`)
    return found
  }
  const report = (ending: Ending, spoiled = false): Report => ({ ending, console: [], spoiled })
  return {
    pool,
    run,
    at,
    started,
    ended,
    faults,
    processes,
    settle,
    alive: () => processes.filter(({ isKilled }) => !isKilled).length,
    failStarts: () => {
      starts = false
    },
    async ends(name: string, ending: Ending = { is: 'result', json: '1' }, spoiled = false) {
      at(name).events.onMessage({ is: 'done', report: report(ending, spoiled) })
      await settle()
    },
    async turn(ms: number) {
      now += ms
      for (const timer of [...timers]) if (timer.at <= now && timers.delete(timer)) timer.callback()
      await settle()
    },
  }
}

test('no process is started before the first call, and one is used again', async () => {
  const { run, ends, processes, settle, started } = stage()
  expect(processes).toEqual([])
  for (const name of ['a', 'b', 'c']) {
    void run(name)
    await settle()
    await ends(name)
  }
  expect(started).toEqual(['a', 'b', 'c'])
  expect(processes.filter(({ orders }) => orders.length > 0)).toHaveLength(1)
})

test('no more compute at once than there are places; the others wait', async () => {
  const { run, ends, started, settle } = stage()
  for (const name of ['a', 'b', 'c', 'd']) void run(name, { key: 'same' })
  await settle()
  expect(started).toEqual(['a', 'b'])
  await ends('b')
  expect(started).toEqual(['a', 'b', 'c'])
})

test('those that wait for the network hold no place', async () => {
  const { run, at, started, settle } = stage()
  for (const name of ['a', 'b', 'c']) void run(name, { key: 'same' })
  await settle()
  at('a').events.onMessage({ is: 'waiting' })
  await settle()
  expect(started).toEqual(['a', 'b', 'c'])
})

test('a call of a tool without a place takes it from one that runs long, which begins again later', async () => {
  const { run, ends, turn, started, ended, settle } = stage()
  for (let n = 0; n < 20; n++) void run(`bad${n}`, { key: 'bad' })
  await settle()
  await turn(10_000)
  expect(started).toEqual(['bad0', 'bad1'])
  void run('good')
  await settle()
  expect(started.at(-1)).toBe('good')
  await ends('good')
  expect(ended).toEqual(['good result'])
  // The place is the bad ones' again; the one that gave way is the last of its key.
  expect(started.slice(3)).toEqual(['bad2'])
})

test('a call gives its place up only after a while, and never once it has touched the network', async () => {
  const { run, at, turn, started, settle } = stage(1)
  void run('slow')
  await settle()
  void run('other')
  await settle()
  expect(started).toEqual(['slow'])
  await turn(249)
  expect(started).toEqual(['slow'])
  await turn(1)
  expect(started).toEqual(['slow', 'other'])
  at('other').events.onMessage({ is: 'fetch', fetch: 1, request: { url: '', method: '', headers: {}, body: null } })
  await turn(20_000)
  expect(started).toEqual(['slow', 'other'])
})

test('calls of one tool never take places from one another', async () => {
  const { run, turn, started, settle } = stage(1)
  void run('a', { key: 'same' })
  void run('b', { key: 'same' })
  await settle()
  await turn(20_000)
  expect(started).toEqual(['a'])
})

test('two that compute long get ever longer turns, so both get done', async () => {
  const { run, turn, started, settle } = stage(1)
  void run('a')
  void run('b')
  await settle()
  const turns: number[] = []
  let since = 0
  for (let ms = 0; ms < 20_000; ms += 50) {
    const before = started.length
    await turn(50)
    since += 50
    if (started.length > before) {
      turns.push(since)
      since = 0
    }
  }
  expect(turns.length).toBeGreaterThan(3)
  expect(turns.at(-1)).toBeGreaterThan(3000)
})

test('a call that is stopped ends its process at once, and another takes its place', async () => {
  const { run, at, alive, settle } = stage(1)
  const stop = new AbortController()
  const answer = run('a', { signal: stop.signal })
  await settle()
  const process = at('a')
  stop.abort()
  expect(await answer).toBeNull()
  expect(process.isKilled).toBe(true)
  await settle()
  expect(alive()).toBeGreaterThan(0)
})

test('a process that does not end by itself is killed a moment after the deadline', async () => {
  const { run, at, turn, settle } = stage()
  const answer = run('a', { deadlineMs: 1000 })
  await settle()
  const process = at('a')
  await turn(1000)
  expect(process.isKilled).toBe(false)
  await turn(250)
  expect(process.isKilled).toBe(true)
  expect((await answer)?.ending).toEqual({ is: 'timeout' })
})

test('a process that dies fails its call alone; one that is spoiled is not used again', async () => {
  const { run, at, ends, settle } = stage()
  const died = run('a')
  void run('b')
  await settle()
  at('a').events.onExit('killed by the system')
  expect((await died)?.ending).toEqual({ is: 'crashed' })
  const process = at('b')
  await ends('b', { is: 'memory' }, true)
  expect(process.isKilled).toBe(true)
})

test('where no process can start, calls fail and the log says why', async () => {
  const { run, failStarts, faults, settle } = stage()
  failStarts()
  expect((await run('a'))?.ending).toEqual({ is: 'crashed' })
  await settle()
  expect(faults).toEqual(['the process for code tools does not start: it does not know --permission'])
})

test('processes with nothing to do go after a minute', async () => {
  const { run, ends, turn, alive, settle } = stage()
  void run('a')
  await settle()
  await ends('a')
  await turn(59_000)
  expect(alive()).toBeGreaterThan(0)
  for (let n = 0; n < 3; n++) await turn(1000)
  expect(alive()).toBe(0)
})

test('closing ends every call and every process, and takes no more', async () => {
  const { pool, run, ended, alive, settle } = stage()
  for (const name of ['a', 'b', 'c']) void run(name)
  await settle()
  await pool.close()
  await settle()
  expect(ended.sort()).toEqual(['a stopped', 'b stopped', 'c stopped'])
  expect(alive()).toBe(0)
  expect(await run('d')).toBeNull()
})

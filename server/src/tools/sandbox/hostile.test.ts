import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, describe, expect, test } from 'vitest'
import { aSandbox, codeRunner, sandboxProcesses } from './testing.ts'

const sandbox = aSandbox()
const { run, problem } = codeRunner(sandbox)
afterAll(() => sandbox.close())

const GOOD = 'export default ({ n }) => n * 2'

/** Every test ends with a good call: whatever was before, the next one is served. */
const isWellAfter = async () => expect(await run(GOOD, { n: 21 })).toEqual({ ok: true, result: 42 })

describe('code that does not end', () => {
  test('in promises that follow one another is stopped, by its time or by its memory', async () => {
    const source = 'export default () => { const f = () => Promise.resolve().then(f); return f() }'
    expect((await problem(source, {}, { timeoutMs: 400 })).code).toMatch(/^(timeout|tool_error)$/)
    await isWellAfter()
  })

  test.each([
    ['in a loop', 'export default () => { for (;;) {} }'],
    ['in a loop of the module itself', 'for (;;) {}\nexport default 1'],
    [
      'in a loop that catches and cleans up',
      'export default () => { for (;;) try { for (;;) {} } catch {} finally { for (;;) {} } }',
    ],
    ['in microtasks', 'export default async () => { for (;;) await null }'],
    ['in a pattern that explodes', 'export default () => /^(a+)+$/.test("a".repeat(60) + "b")'],
    ['in a native function', 'export default () => "x".repeat(1e5).split("").sort(() => { for (;;); })'],
    ['in making its JSON', 'export default () => ({ toJSON() { for (;;); } })'],
    ['in a getter of its error', 'export default () => { throw { get message() { for (;;); } } }'],
    ['since nothing settles what it awaits', 'export default () => new Promise(() => {})'],
  ])('%s is stopped at its time limit', async (_how, source) => {
    const began = performance.now()
    expect(await problem(source, {}, { timeoutMs: 400 })).toMatchObject({ code: 'timeout' })
    expect(performance.now() - began).toBeLessThan(20_000)
    await isWellAfter()
  })

  test('still shows what it printed', async () => {
    const outcome = await run('export default () => { console.log("so far"); for (;;) {} }', {}, { timeoutMs: 300 })
    expect(outcome).toMatchObject({ ok: false, code: 'timeout', console: [{ level: 'log', text: 'so far' }] })
  })
})

describe('code that takes too much memory', () => {
  test.each([
    ['in lists', 'export default () => { const all = []; for (;;) all.push(new Array(1000).fill(1)) }'],
    ['in objects', 'export default () => { let all = {}; for (;;) all = { all, more: {} } }'],
    ['in texts', 'export default () => { const all = []; for (;;) all.push("x".repeat(100000) + all.length) }'],
    ['in typed arrays', 'export default () => { const all = []; for (;;) all.push(new Uint8Array(1e6).fill(1)) }'],
    ['in one buffer', 'export default () => new ArrayBuffer(1e9)'],
    ['in jobs', 'export default () => { for (;;) Promise.resolve().then(() => {}) }'],
  ])('%s fails with the reason', async (_what, source) => {
    // However long that takes on a busy machine.
    const outcome = await problem(source, {}, { timeoutMs: 40_000 })
    expect(outcome).toEqual({ code: 'tool_error', message: expect.stringContaining('64 MB of memory') })
    await isWellAfter()
  })

  test('may catch that, but gets no more', async () => {
    const source = `export default () => {
      const all = []
      try { for (;;) all.push(new Uint8Array(1e6)) } catch {}
      return all.length
    }`
    const outcome = await run(source)
    expect(outcome.ok ? Number(outcome.result) : 0).toBeLessThan(64)
    await isWellAfter()
  })
})

describe('code that goes too deep', () => {
  test.each([
    ['in its own calls', 'export default () => { const f = (n) => f(n + 1) + 1; return f(0) }'],
    ['in getters', 'export default () => { const o = { get a() { return this.a } }; return o.a }'],
    ['in JSON that it reads', 'export default () => JSON.parse("[".repeat(200000))'],
    ['in what it returns', 'export default () => { let a = []; for (let n = 0; n < 200000; n++) a = [a]; return a }'],
    ['in its source', `export default () => ${'('.repeat(100_000)}`],
    [
      'in proxies',
      'export default () => { let p = {}; for (let n = 0; n < 100000; n++) p = new Proxy(p, {}); return p.x }',
    ],
  ])('%s fails with the reason', async (_where, source) => {
    expect(await problem(source)).toEqual({ code: 'tool_error', message: expect.stringMatching(/too deeply/) })
    await isWellAfter()
  })
})

test('a result of more than 10 MB fails with its size', async () => {
  const big = (n: number) =>
    `export default () => { const part = "x".repeat(1e6); return Array(${n}).fill(part).join("") }`
  expect(await problem(big(11))).toEqual({ code: 'tool_error', message: expect.stringContaining('11 MB') })
  expect(await run(big(9))).toMatchObject({ ok: true })
})

describe('a call that is stopped', () => {
  test('ends at once, and its process with it', async () => {
    const stop = new AbortController()
    await isWellAfter()
    const answer = run('export default () => { for (;;) {} }', {}, { timeoutMs: 60_000, signal: stop.signal })
    await new Promise((resolve) => setTimeout(resolve, 50))
    const before = sandboxProcesses()
    const began = performance.now()
    stop.abort()
    expect(await answer).toMatchObject({ ok: false, code: 'cancelled' })
    // Far below its time limit, whatever else the machine does.
    expect(performance.now() - began).toBeLessThan(2_000)
    await isWellAfter()
    const after = sandboxProcesses()
    expect(before.filter((pid) => !after.includes(pid))).toHaveLength(1)
  })

  test('before it began, or while it waits for a place, never runs', async () => {
    const gone = AbortSignal.abort()
    expect(await run(GOOD, { n: 1 }, { signal: gone })).toMatchObject({ code: 'cancelled' })
    const stop = new AbortController()
    const many = Array.from({ length: 20 }, () =>
      run('export default () => { for (;;) {} }', {}, { signal: stop.signal }),
    )
    stop.abort()
    expect(new Set((await Promise.all(many)).map((one) => !one.ok && one.code))).toEqual(new Set(['cancelled']))
    await isWellAfter()
  })
})

test('200 bad calls at once fail each by its reason, keep no good one waiting for long, and leave the server quick', async () => {
  const bad = [
    'export default () => { for (;;) {} }',
    'export default () => { const all = []; for (;;) all.push(new Uint8Array(1e6).fill(1)) }',
    'export default () => { const f = () => f() + 1; return f() }',
    'export default async () => { for (;;) await null }',
  ]
  await isWellAfter()
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const all = Array.from({ length: 200 }, (_, n) => run(bad[n % 4] ?? '', {}, { timeoutMs: 4000, owner: 'bad' }))
  const waits: number[] = []
  for (let n = 0; n < 5; n++) {
    const began = performance.now()
    expect(await run(GOOD, { n }, { owner: n % 2 ? 'bad' : 'good', timeoutMs: 30_000 })).toEqual({
      ok: true,
      result: n * 2,
    })
    waits.push(performance.now() - began)
  }
  const ends = await Promise.all(all)
  delay.disable()
  for (const end of ends) expect(end.ok ? 'ok' : end.code).toMatch(/^(timeout|tool_error)$/)
  expect(Math.max(...waits)).toBeLessThan(4000)
  expect(delay.max / 1e6).toBeLessThan(1000)
  await isWellAfter()
}, 30_000)

test('nothing is left when the sandbox closes, whatever was running', async () => {
  const closing = aSandbox()
  const own = codeRunner(closing)
  await own.run(GOOD, { n: 1 })
  const before = sandboxProcesses()
  const open = Array.from({ length: 8 }, () =>
    own.run('export default () => { for (;;) {} }', {}, { timeoutMs: 60_000 }),
  )
  await new Promise((resolve) => setTimeout(resolve, 100))
  await closing.close()
  expect((await Promise.all(open)).every((one) => !one.ok && one.code === 'cancelled')).toBe(true)
  expect(await own.run(GOOD, { n: 1 })).toMatchObject({ code: 'cancelled' })
  await sandbox.close()
  expect(before.length).toBeGreaterThan(0)
  expect(sandboxProcesses()).toEqual([])
})

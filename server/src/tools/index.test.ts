import type { MockRun, Tool } from '@volley/shared/flow/flow.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseAllowList } from './addresses.ts'
import { createEgress } from './egress.ts'
import { createTools } from './index.ts'
import type { Sandbox, SandboxRun } from './sandbox/sandbox.ts'
import { startTestServer, type TestServer } from './testServer.ts'

/** A clock that is turned by hand. */
function handClock() {
  const timers = new Map<number, { at: number; callback: () => void }>()
  let now = 0
  let id = 0
  return {
    after: (ms: number, callback: () => void) => {
      const own = ++id
      timers.set(own, { at: now + ms, callback })
      return () => void timers.delete(own)
    },
    turn: (ms: number) => {
      now += ms
      for (const [own, { at, callback }] of [...timers]) if (at <= now && timers.delete(own)) callback()
    },
    open: () => timers.size,
  }
}

const clock = handClock()
let server: TestServer
const allowed = parseAllowList('127.0.0.1')
const egress = createEgress({ allow: allowed.ok ? allowed.value : [], ownPort: () => 4400 })
const mcp = { attempt: async () => ({ ok: true, result: 'from a server' }) as const }
const ran: SandboxRun[] = []
const sandbox: Sandbox = {
  run: async (asked) => {
    ran.push(asked)
    return { ok: true, result: 'ran' }
  },
  checkSource: async () => [],
  close: async () => {},
}
const tools = createTools({ egress, secrets: { get: () => undefined }, clock, mcp, sandbox, flows: null })
const never = new AbortController().signal

beforeAll(async () => {
  server = await startTestServer(({ url, headers }, response) => {
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ url, key: headers['idempotency-key'] }))
  })
})
afterAll(async () => {
  server.close()
  await egress.close()
})

const run = (run: Tool['run'], given: Record<string, unknown> = {}, signal = never) =>
  tools.run(
    { tool: { name: 't', parameters: { type: 'object' }, run }, arguments: given, idempotencyKey: 'r:1' },
    signal,
  )
const mock = (more: Omit<MockRun, 'kind'>, given: Record<string, unknown> = {}, signal = never) =>
  run({ kind: 'mock', ...more }, given, signal)

test('an http tool goes out and comes back', async () => {
  expect(await run({ kind: 'http', url: `${server.url}/a?b={{b}}` }, { b: 'x y' })).toEqual({
    ok: true,
    result: { url: '/a?b=x%20y', key: 'r:1' },
  })
  expect(await run({ kind: 'http', url: 'http://10.0.0.1/' })).toMatchObject({
    ok: false,
    code: 'blocked',
    retry: false,
  })
})

test('a code tool runs in the sandbox, its run as the owner, within the time of its policy', async () => {
  expect(await run({ kind: 'code', source: 'export default () => 1' }, { a: 1 })).toEqual({ ok: true, result: 'ran' })
  expect(ran).toEqual([{ source: 'export default () => 1', arguments: { a: 1 }, owner: 'r', timeoutMs: 30_000 }])
})

describe('a mock', () => {
  test('answers with its result, arguments put in with their types', async () => {
    expect(
      await mock(
        { result: { city: '{{city}}', days: '{{days}}', text: '{{city}}: {{days}}' } },
        { city: 'Oslo', days: 3 },
      ),
    ).toEqual({ ok: true, result: { city: 'Oslo', days: 3, text: 'Oslo: 3' } })
    expect(await mock({})).toEqual({ ok: true, result: null })
  })

  test('answers by the first case that fits the arguments it names', async () => {
    const cases = [
      { when: { city: 'Paris', at: { b: 1, a: [2] } }, result: 1 },
      { when: { city: 'Paris' }, result: 2 },
      { when: { city: null }, error: 'no city' },
    ]
    const answers = [
      { city: 'Paris', at: { a: [2], b: 1 } },
      { city: 'Paris', at: {} },
      { city: null },
      {},
      { city: 'paris' },
    ].map((given) => mock({ result: 0, cases }, given))
    expect((await Promise.all(answers)).map((one) => (one.ok ? one.result : one.message))).toEqual([
      1,
      2,
      'no city',
      0,
      0,
    ])
  })

  test('fails with its error, for good', async () => {
    expect(await mock({ error: 'no {{what}}' }, { what: 'rope' })).toEqual({
      ok: false,
      code: 'tool_error',
      message: 'no rope',
      retry: false,
    })
  })

  test('takes its time', async () => {
    let ended = false
    const answer = mock({ result: 1, latencyMs: 300 }).then((outcome) => {
      ended = true
      return outcome
    })
    clock.turn(299)
    await new Promise(setImmediate)
    expect(ended).toBe(false)
    clock.turn(1)
    expect(await answer).toEqual({ ok: true, result: 1 })
  })

  test.each([{ latencyMs: 1000 }, { hang: true }, { hang: true, latencyMs: 5 }])(
    '%j stops when the call is stopped',
    async (more) => {
      const stop = new AbortController()
      const answer = mock(more, {}, stop.signal)
      stop.abort()
      expect(await answer).toMatchObject({ ok: false, code: 'cancelled' })
      expect(clock.open()).toBe(0)
    },
  )

  test('a case may change the time alone', async () => {
    const answer = mock({ result: 'slow', cases: [{ when: { a: 1 }, latencyMs: 50 }] }, { a: 1 })
    clock.turn(50)
    expect(await answer).toEqual({ ok: true, result: 'slow' })
  })
})

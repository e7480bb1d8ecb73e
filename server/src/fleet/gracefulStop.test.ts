import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunRecord } from '@volley/shared/run/record.ts'
import { expect, inject, onTestFinished, test } from 'vitest'
import { type RealServer, startRealServer } from '../crash/realServer.ts'
import { makeDatabase } from '../testing/postgres.ts'
import { scriptedFlow } from '../testing/scriptedFlow.ts'
import { temporaryFolder } from '../testing/temporaryFolder.ts'

const url = inject('postgres')
/** What a server gives its calls, and what closing may take on a loaded machine. */
const [GRACE_MS, CLOSING_MS] = [8_000, 5_000]

/** Tools over HTTP that take as many milliseconds as their path says, and count what was asked under which key. */
async function startTools() {
  const asked = new Map<string, number>()
  const server = createServer(async (request, response) => {
    const key = String(request.headers['idempotency-key'])
    asked.set(key, (asked.get(key) ?? 0) + 1)
    await sleep(Number(request.url?.slice(1)))
    response.end('"paid"')
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { host, asked: (runId: string, call: number) => asked.get(`${runId}:${call}`) ?? 0 }
}

/** Two calls of a tool that may not be repeated, one after the other, then an answer. */
const flowOf = (host: string, firstMs: number) => {
  const tool = (name: string, ms: number) => ({
    name,
    parameters: { type: 'object' },
    run: { kind: 'http', method: 'POST', url: `http://${host}/${ms}` },
    policy: { timeoutMs: 120_000 },
  })
  return {
    ...scriptedFlow(
      [
        {
          calls: [
            { tool: 'pay', arguments: {} },
            { tool: 'book', arguments: {} },
          ],
        },
        { text: 'Done.' },
      ],
      [tool('pay', firstMs), tool('book', 10)],
    ),
    edges: [{ from: 'pay', to: 'book', kind: 'order', onFailure: 'continue' }],
  }
}

const begin = async (server: RealServer, flow: object): Promise<string> =>
  ((await (await server.call('POST', '/api/runs', { flow, input: 'Go.' })).json()) as { runId: string }).runId
const recordOf = async (server: RealServer, runId: string) =>
  (await (await server.call('GET', `/api/runs/${runId}`)).json()) as RunRecord
const isPaying = (server: RealServer, runId: string) =>
  expect.poll(async () => (await recordOf(server, runId)).calls[0]?.status, { timeout: 20_000 }).toBe('running')
const ended = async (server: RealServer, runId: string) => {
  await (await server.call('GET', `/api/runs/${runId}/events`)).text()
  return recordOf(server, runId)
}
/** Tells it to end; gives its code and how long that took. */
async function stop(server: RealServer): Promise<[number | null, number]> {
  const toldAt = performance.now()
  server.process.kill('SIGTERM')
  const code = await server.ended
  return [code, performance.now() - toldAt]
}

test.skipIf(!url)(
  'a server that is told to end lets calls end that soon do, and hands its runs on at once; what they did is not done again',
  async () => {
    const tools = await startTools()
    const environment = {
      VOLLEY_DATABASE_URL: await makeDatabase(url as string),
      VOLLEY_SECRET_KEY: 'a-key-of-the-tests',
      VOLLEY_EGRESS_ALLOW: tools.host,
    }
    const one = await startRealServer(environment)
    const soon = await begin(one, flowOf(tools.host, 3_000))
    const late = await begin(one, flowOf(tools.host, 60_000))
    for (const runId of [soon, late]) await isPaying(one, runId)
    const other = await startRealServer(environment)
    const stopping = stop(one)
    // It goes on elsewhere while the first server still waits for the other run.
    expect(await ended(other, soon)).toMatchObject({ status: 'succeeded', calls: [{ result: 'paid' }, {}] })
    expect(one.process.exitCode).toBe(null)
    const [code, ms] = await stopping
    expect(code, one.err()).toBe(0)
    expect(ms).toBeGreaterThan(GRACE_MS - 100)
    expect(ms).toBeLessThan(GRACE_MS + CLOSING_MS)
    const handedAt = performance.now()
    expect(await ended(other, late)).toMatchObject({
      status: 'succeeded',
      calls: [{ status: 'failed', error: { code: 'interrupted' } }, { status: 'succeeded' }],
    })
    // Sooner than a missed heartbeat tells.
    expect(performance.now() - handedAt).toBeLessThan(8_000)
    for (const runId of [soon, late]) for (const call of [1, 2]) expect(tools.asked(runId, call)).toBe(1)
    const [idle, idleMs] = await stop(other)
    expect(idle).toBe(0)
    expect(idleMs).toBeLessThan(CLOSING_MS)
  },
  90_000,
)

test('a server with a folder of its own lets calls end, too; a second interrupt cuts that short', async () => {
  const tools = await startTools()
  const environment = { VOLLEY_DATA: `${temporaryFolder()}/data`, VOLLEY_EGRESS_ALLOW: tools.host }
  const one = await startRealServer(environment)
  const soon = await begin(one, flowOf(tools.host, 1_500))
  await isPaying(one, soon)
  expect((await stop(one))[0]).toBe(0)
  expect(one.err()).toContain('calls that run have 8 s to end')
  const next = await startRealServer(environment)
  expect(await ended(next, soon)).toMatchObject({ status: 'succeeded', calls: [{ result: 'paid' }, {}] })
  for (const call of [1, 2]) expect(tools.asked(soon, call)).toBe(1)
  await isPaying(next, await begin(next, flowOf(tools.host, 60_000)))
  const stopping = stop(next)
  await sleep(1_300)
  next.process.kill('SIGTERM')
  const [code, ms] = await stopping
  expect(code).toBe(0)
  expect(ms).toBeLessThan(GRACE_MS)
})

import { expect, inject, test } from 'vitest'
import { makeDatabase } from '../testing/postgres.ts'
import { realServer } from '../testing/realServer.ts'
import { scriptedFlow } from '../testing/scriptedFlow.ts'
import { TEST_TOKEN } from '../testing/testEnv.ts'

const url = inject('postgres')

const aFlow = ({ latencyMs = 0, approval = 'never', calls = 3 } = {}) =>
  scriptedFlow(
    [
      { calls: Array.from({ length: calls }, (_, at) => ({ tool: 'tide', arguments: { port: at } })) },
      { text: 'High at six.' },
    ],
    [
      {
        name: 'tide',
        parameters: { type: 'object', properties: { port: { type: 'integer' } } },
        run: { kind: 'mock', result: { port: '{{port}}' }, latencyMs },
        policy: { approval },
      },
    ],
  )

async function servers(count: number) {
  const databaseUrl = await makeDatabase(url as string)
  return Promise.all(Array.from({ length: count }, () => realServer({ databaseUrl })))
}

test.skipIf(!url)('any server answers for a run, streams it and cancels it, whoever runs it', async () => {
  const [one, other] = await servers(2)
  if (!one || !other) throw new Error('two servers were started')
  const { body: saved } = await one.call('POST', '/api/flows', aFlow())
  const started = await other.call('POST', '/api/runs', { flowId: saved.id, input: 'Go.' })
  expect(started.status).toBe(202)
  const [here, there] = await Promise.all([one.ended(started.body.runId), other.ended(started.body.runId)])
  expect(here).toMatchObject({ status: 'succeeded', output: 'High at six.', calls: [{ result: { port: 0 } }, {}, {}] })
  expect(there).toEqual(here)

  const long = await one.call('POST', '/api/runs', { flow: aFlow({ latencyMs: 60_000 }), input: 'Go.' })
  for (const server of [other, one]) expect((await server.call('GET', `/api/runs/${long.body.runId}`)).status).toBe(200)
  const cancelled = await other.call('POST', `/api/runs/${long.body.runId}/cancel`, {})
  expect(cancelled.status).toBe(202)
  expect((await one.ended(long.body.runId)).status).toBe('cancelled')
})

test.skipIf(!url)(
  'a run that waits for a person is held by no server, and goes on after a decision made anywhere',
  async () => {
    const [one, other] = await servers(2)
    if (!one || !other) throw new Error('two servers were started')
    const { body } = await one.call('POST', '/api/runs', {
      flow: aFlow({ approval: 'always', calls: 1 }),
      input: 'Go.',
    })
    const at = `/api/runs/${body.runId}`
    const status = async () => (await other.call('GET', at)).body.status
    await expect.poll(status, { timeout: 20_000 }).toBe('awaiting_approval')
    expect((await other.call('POST', `${at}/calls/1/approval`, { approve: true })).status).toBe(200)
    expect(await one.ended(body.runId)).toMatchObject({ status: 'succeeded', calls: [{ status: 'succeeded' }] })
    expect((await one.call('POST', `${at}/calls/1/approval`, { approve: false })).status).toBe(409)
  },
)

test.skipIf(!url)(
  'a server that stops hands its runs to another one, and no call with an end is made again',
  async () => {
    const [one, other] = await servers(2)
    if (!one || !other) throw new Error('two servers were started')
    const runIds = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const { body } = await one.call('POST', '/api/runs', { flow: aFlow({ latencyMs: 400 }), input: 'Go.' })
        return body.runId as string
      }),
    )
    await one.stop()
    for (const runId of runIds) expect(await other.ended(runId)).toMatchObject({ status: 'succeeded' })
  },
)

test.skipIf(!url)(
  'an eval is worked by one server, read, stopped and resumed from any, and goes on when its server stops',
  async () => {
    const [one, other] = await servers(2)
    if (!one || !other) throw new Error('two servers were started')
    const { body: flow } = await one.call('POST', '/api/flows', aFlow({ latencyMs: 150 }))
    const cases = Array.from({ length: 12 }, (_, at) => ({ id: `c${at}`, input: 'Go.' }))
    const { body: set } = await other.call('POST', '/api/data-sets', { name: 'Ports', cases })
    const start = async () =>
      (await one.call('POST', '/api/evals', { flowId: flow.id, dataSetId: set.id, concurrency: 2 })).body
        .evalId as string
    const seen = async (id: string) => (await other.call('GET', `/api/evals/${id}`)).body
    const done = async (id: string) => (await seen(id)).progress.done

    const stopped = await start()
    await expect.poll(() => done(stopped), { timeout: 20_000 }).toBeGreaterThan(1)
    expect((await other.call('POST', `/api/evals/${stopped}/stop`, {})).status).toBe(202)
    await expect.poll(async () => (await seen(stopped)).summaries?.length, { timeout: 20_000 }).toBe(1)
    expect(await done(stopped)).toBeLessThan(12)

    const resumed = await start()
    await expect.poll(() => done(resumed), { timeout: 20_000 }).toBeGreaterThan(1)
    expect((await other.call('POST', `/api/evals/${resumed}/stop`, {})).status).toBe(202)
    // The server that works on it is not done with stopping yet.
    expect((await other.call('POST', `/api/evals/${resumed}/resume`, {})).status).toBe(202)
    await expect.poll(async () => (await seen(resumed)).status, { timeout: 30_000 }).toBe('finished')
    expect(await seen(resumed)).toMatchObject({ progress: { total: 12, done: 12, failed: 0 } })

    const moved = await start()
    await expect.poll(() => done(moved), { timeout: 20_000 }).toBeGreaterThan(1)
    await one.stop()
    await expect.poll(async () => (await seen(moved)).status, { timeout: 30_000 }).toBe('finished')
    expect(await seen(moved)).toMatchObject({ progress: { total: 12, done: 12, failed: 0 } })
    expect((await other.call('GET', `/api/runs?evalId=${moved}&limit=100`)).body.items).toHaveLength(12)
  },
)

test.skipIf(!url)('a secret and a price that one server stores are known to the others', async () => {
  const [one, other] = await servers(2)
  if (!one || !other) throw new Error('two servers were started')
  await one.call('PUT', '/api/secrets/PORT_KEY', { value: 'tern-4471-gannet' })
  await expect
    .poll(async () => (await other.call('GET', '/api/secrets')).body.items.map(({ name }: { name: string }) => name))
    .toEqual(['PORT_KEY'])
  const said = await other.call('POST', '/api/runs', { flow: aFlow(), input: 'My key is tern-4471-gannet.' })
  expect((await one.ended(said.body.runId)).input).toBe('My key is ***.')
})

test.skipIf(!url)('a run that was begun while no server could take it goes on with the next one', async () => {
  const databaseUrl = await makeDatabase(url as string)
  const web = await realServer({ databaseUrl }, { role: 'web' })
  const { body } = await web.call('POST', '/api/runs', { flow: aFlow(), input: 'Go.' })
  expect((await web.call('GET', `/api/runs/${body.runId}`)).body).toMatchObject({ status: 'running', turns: [] })
  const metrics = async () =>
    (await fetch(`${web.origin}/metrics`, { headers: { authorization: `Bearer ${TEST_TOKEN}` } })).text()
  expect(await metrics()).toContain('volley_queue_runs{state="ready"} 1')
  expect(Number(/^volley_queue_lag_seconds (.+)$/m.exec(await metrics())?.[1])).toBeGreaterThan(0)
  const worker = await realServer({ databaseUrl }, { role: 'worker' })
  expect(await web.ended(body.runId)).toMatchObject({ status: 'succeeded' })
  expect((await worker.call('GET', '/api/runs')).status).toBe(404)
  await expect.poll(metrics).toContain('volley_queue_runs{state="ready"} 0')
})

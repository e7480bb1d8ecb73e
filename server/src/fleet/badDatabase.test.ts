import { setTimeout as sleep } from 'node:timers/promises'
import { expect, inject, onTestFinished, test } from 'vitest'
import { query } from '../crash/manyServers.ts'
import { spawnServer } from '../crash/realServer.ts'
import { makeDatabase, startPostgres } from '../testing/postgres.ts'
import { realServer } from '../testing/realServer.ts'
import { scriptedFlow } from '../testing/scriptedFlow.ts'

// A database that is not as a server needs it: what is said, and what becomes of runs that go on.

const url = inject('postgres')

/** A flow whose one call, of a tool that may not be repeated, takes so long. */
const payFlow = (latencyMs: number, approval: 'never' | 'always' = 'never') =>
  scriptedFlow(
    [{ calls: [{ tool: 'pay', arguments: {} }] }, { text: 'Paid.' }],
    [
      {
        name: 'pay',
        parameters: { type: 'object' },
        run: { kind: 'mock', result: 'paid', latencyMs },
        policy: { approval },
      },
    ],
  )
const PAID = { status: 'succeeded', output: 'Paid.', calls: [{ status: 'succeeded', attempts: [{}] }] }

type Server = Awaited<ReturnType<typeof realServer>>
const begin = async (server: Server, latencyMs = 0): Promise<string> => {
  const { status, body } = await server.call('POST', '/api/runs', { flow: payFlow(latencyMs), input: 'Go.' })
  expect(status).toBe(202)
  return body.runId
}
const isCalling = (server: Server, runId: string) =>
  expect
    .poll(async () => (await server.call('GET', `/api/runs/${runId}`)).body.calls?.[0]?.status, { timeout: 20_000 })
    .toBe('running')
/** Its record, once the stream of its events, begun again where it breaks, says that it has ended. */
const ended = async (server: Server, runId: string) => {
  for (;;) {
    const run = await server.ended(runId).catch(() => null)
    if (run?.status && run.status !== 'running' && run.status !== 'awaiting_approval') return run
    await sleep(100)
  }
}

/** What a server says that does not start, and the code it ends with. */
async function failedStart(databaseUrl: string): Promise<[number | null, string]> {
  const server = spawnServer({ VOLLEY_DATABASE_URL: databaseUrl, VOLLEY_SECRET_KEY: 'a-key-of-the-tests' })
  const code = await server.ended
  return [code, server.err()]
}

test('a server whose database is down says so in a sentence, without its password, and ends', async () => {
  expect(await failedStart('postgres://volley:the-password@127.0.0.1:1/volley')).toEqual([
    1,
    'volley: the database cannot be reached: check that it runs, and the address in VOLLEY_DATABASE_URL (the database 127.0.0.1:1/volley)\n',
  ])
})

test.skipIf(!url)(
  'a server that is older than the tables refuses to start; one that runs already goes on',
  async () => {
    const databaseUrl = await makeDatabase(url as string)
    const running = await realServer({ databaseUrl })
    await query(databaseUrl, `insert into kysely_migration (name, timestamp) values ('9999_of_a_newer_version', '')`)
    const [code, said] = await failedStart(databaseUrl)
    expect([code, said]).toEqual([1, expect.stringMatching(/^volley: .* was written by a newer Volley \(.*9999.*\n$/)])
    expect(await ended(running, await begin(running))).toMatchObject(PAID)
  },
)

test.skipIf(!url)(
  'a database without room, as its refusals tell it, costs no run: what goes on waits for room',
  async () => {
    const databaseUrl = await makeDatabase(url as string)
    const server = await realServer({ databaseUrl })
    const { body } = await server.call('POST', '/api/runs', { flow: payFlow(0, 'always'), input: 'Go.' })
    const run = `/api/runs/${body.runId}`
    const status = async () => (await server.call('GET', run)).body.status
    await expect.poll(status, { timeout: 20_000 }).toBe('awaiting_approval')
    await query(
      databaseUrl,
      `create function refuse() returns trigger language plpgsql as
     $$ begin raise exception 'no space left on device' using errcode = '53100'; end $$`,
    )
    await query(databaseUrl, 'create trigger full_disk before insert on event execute function refuse()')
    const refused = await server.call('POST', '/api/runs', { flow: payFlow(0), input: 'Go.' })
    expect(refused).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } })
    expect(refused.body.error.message).toContain('the disk of the database is full: make room')
    const decided = server.call('POST', `${run}/calls/1/approval`, { approve: true })
    await sleep(1_500)
    expect(await status()).toBe('awaiting_approval')
    await query(databaseUrl, 'drop trigger full_disk on event')
    expect((await decided).status).toBe(200)
    expect(await ended(server, body.runId)).toMatchObject(PAID)
  },
)

test.skipIf(!url)(
  'a database that takes reads alone, as after a failover, is told with 503, and used again by itself when it takes writes',
  async () => {
    const databaseUrl = await makeDatabase(url as string)
    const name = new URL(databaseUrl).pathname.slice(1)
    const server = await realServer({ databaseUrl })
    const runId = await begin(server, 500)
    await isCalling(server, runId)
    await query(url as string, `alter database ${name} set default_transaction_read_only = on`)
    await query(
      url as string,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and application_name like 'volley%'`,
    )
    const save = () => server.call('POST', '/api/flows', payFlow(0))
    await expect.poll(async () => (await save()).body.error?.message, { timeout: 20_000 }).toContain('read-only')
    expect(await save()).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } })
    expect((await server.call('GET', `/api/runs/${runId}`)).status).toBe(200)
    await query(url as string, `alter database ${name} reset default_transaction_read_only`)
    await expect.poll(async () => (await save()).status, { timeout: 40_000 }).toBe(201)
    expect(await ended(server, runId)).toMatchObject(PAID)
  },
  90_000,
)

test.skipIf(!url)(
  'while its database is away, longer than a heartbeat, a server says so with 503; then it goes on by itself, and its calls were not cut',
  async () => {
    const postgres = await startPostgres()
    if (typeof postgres === 'string') throw new Error(postgres)
    onTestFinished(() => postgres.remove())
    const databaseUrl = await makeDatabase(postgres.url)
    const [server, other] = await Promise.all([realServer({ databaseUrl }), realServer({ databaseUrl })])
    const { body: saved } = await server.call('POST', '/api/flows', payFlow(0))
    const runIds = await Promise.all(Array.from({ length: 6 }, (_, at) => begin(server, 2_000 + at * 3_000)))
    for (const runId of runIds) await isCalling(other, runId)
    await postgres.kill()
    const killedAt = performance.now()
    const answer = await server.call('GET', '/api/flows')
    expect(answer).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } })
    expect(answer.body.error.message).toMatch(/the database cannot be reached|the connection to the database broke/)
    expect(await server.call('GET', '/api/ready')).toMatchObject({ status: 503, body: { status: 'not ready' } })
    expect((await server.call('GET', '/api/health')).status).toBe(200)
    await sleep(12_000 - (performance.now() - killedAt))
    await postgres.start()
    await expect.poll(async () => (await server.call('GET', '/api/ready')).status, { timeout: 20_000 }).toBe(200)
    expect((await server.call('GET', `/api/flows/${saved.id}`)).status).toBe(200)
    for (const runId of runIds) expect(await ended(other, runId)).toMatchObject(PAID)
    // Nor did one of them change its server.
    expect(await query(databaseUrl, 'select distinct owner_epoch as epoch, deaths from run')).toEqual([
      { epoch: 1, deaths: 0 },
    ])
    expect(await ended(other, await begin(server))).toMatchObject(PAID)
  },
  120_000,
)

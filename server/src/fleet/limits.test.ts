import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, inject, onTestFinished, test } from 'vitest'
import { makeDatabase } from '../testing/postgres.ts'
import { realServer } from '../testing/realServer.ts'
import { scriptedFlow } from '../testing/scriptedFlow.ts'
import { parseAllowList } from '../tools/addresses.ts'

const url = inject('postgres')

/** A tool's server: the starts of its requests, and the most that it ever had at once. */
async function busyTool({
  answerAfterMs,
  status = () => 200,
}: {
  answerAfterMs: number
  status?: (nth: number) => number
}) {
  const seen = { starts: [] as { at: number; run: string }[], now: 0, most: 0 }
  const server = http.createServer((request, response) => {
    const nth = seen.starts.push({
      at: performance.now(),
      run: String(request.headers['idempotency-key']).split(':')[0] ?? '',
    })
    seen.most = Math.max(seen.most, ++seen.now)
    setTimeout(() => {
      seen.now--
      response.writeHead(status(nth), { 'content-type': 'application/json', 'retry-after': '1' }).end('{}')
    }, answerAfterMs)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { seen, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

const aFlow = (address: string, calls: number, policy: object) =>
  scriptedFlow(
    [
      { calls: Array.from({ length: calls }, (_, at) => ({ tool: 'tide', arguments: { port: at } })) },
      { text: 'Done.' },
    ],
    [
      {
        name: 'tide',
        parameters: { type: 'object', properties: { port: { type: 'integer' } } },
        run: { kind: 'http', url: address },
        annotations: { readOnlyHint: true },
        policy,
      },
    ],
  )

async function twoServers() {
  const databaseUrl = await makeDatabase(url as string)
  const allowed = parseAllowList('127.0.0.1')
  const egressAllow = allowed.ok ? allowed.value : []
  const [one, other] = await Promise.all([
    realServer({ databaseUrl, egressAllow }),
    realServer({ databaseUrl, egressAllow }),
  ])
  if (!one || !other) throw new Error('two servers were started')
  return { one, other, both: [one, other] }
}

test.skipIf(!url)(
  'over two servers a tool never runs more calls at once than its concurrency, and no run starves',
  async () => {
    const { one, both } = await twoServers()
    const { seen, address } = await busyTool({ answerAfterMs: 15 })
    const { body } = await one.call('POST', '/api/flows', aFlow(address, 8, { concurrency: 2 }))
    const started = await Promise.all(
      Array.from({ length: 6 }, (_, at) =>
        (both[at % 2] ?? one).call('POST', '/api/runs', { flowId: body.id, input: 'Go.' }),
      ),
    )
    const runs = await Promise.all(started.map((run) => one.ended(run.body.runId)))
    expect(runs.map(({ status }) => status)).toEqual(Array(6).fill('succeeded'))
    expect(seen.starts).toHaveLength(48)
    expect(seen.most).toBe(2)
    // Each run gets its first place long before any other has had all of its own.
    const firsts = runs.map((run) => seen.starts.findIndex((start) => start.run === run.id))
    expect(Math.max(...firsts)).toBeLessThan(24)
    const waits = runs.flatMap((run) =>
      run.calls.flatMap((call: { heldBy?: { limit: object }[] }) => call.heldBy ?? []),
    )
    expect(waits).toContainEqual(
      expect.objectContaining({ limit: { of: 'tool', name: 'tide', kind: 'places', most: 2 } }),
    )
  },
)

test.skipIf(!url)('over two servers no more calls begin in a stretch of time than the rate allows', async () => {
  const { one, both } = await twoServers()
  const { seen, address } = await busyTool({ answerAfterMs: 1 })
  const { body } = await one.call('POST', '/api/flows', aFlow(address, 6, { rate: { limit: 4, perMs: 600 } }))
  const started = await Promise.all(
    both.map((server) => server.call('POST', '/api/runs', { flowId: body.id, input: 'Go.' })),
  )
  await Promise.all(started.map((run) => one.ended(run.body.runId)))
  expect(seen.starts).toHaveLength(12)
  // A request takes its way after its start was let in: neighbours may come a little closer than they left.
  for (const [at, { at: start }] of seen.starts.entries())
    expect(seen.starts.slice(at + 1).filter((next) => next.at < start + 600 - 300).length).toBeLessThan(4)
})

test.skipIf(!url)('a host that asks one server for a pause is left alone by the other', async () => {
  const { one, other } = await twoServers()
  const { seen, address } = await busyTool({ answerAfterMs: 1, status: (nth) => (nth === 1 ? 429 : 200) })
  const flow = aFlow(address, 1, { retries: 0 })
  const first = await one.call('POST', '/api/batches', { flow, calls: [{ tool: 'tide', arguments: { port: 1 } }] })
  await one.ended(first.body.runId)
  const second = await other.call('POST', '/api/runs', { flow, input: 'Go.' })
  const run = await other.ended(second.body.runId)
  expect((seen.starts[1]?.at ?? 0) - (seen.starts[0]?.at ?? 0)).toBeGreaterThan(900)
  expect(run.calls[0]?.heldBy?.[0]?.limit).toMatchObject({ of: 'host', kind: 'pause' })
})

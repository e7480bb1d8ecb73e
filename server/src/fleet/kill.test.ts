import { setTimeout as sleep } from 'node:timers/promises'
import { parseFlow } from '@volley/shared/flow/parse.ts'
import { randomFrom } from '@volley/shared/lib/random.ts'
import type { RunEvent } from '@volley/shared/run/events.ts'
import { expect, inject, test } from 'vitest'
import { type RealServer, startRealServer } from '../crash/realServer.ts'
import { logFaults } from '../testing/invariants.ts'
import { makeDatabase } from '../testing/postgres.ts'
import { scriptedFlow } from '../testing/scriptedFlow.ts'

// Servers that share a store, one of them killed while it runs. VOLLEY_SEED repeats the moments, VOLLEY_FLEET_KILLS sets how many kills there are.

const url = inject('postgres')
const KILLS = Number(process.env.VOLLEY_FLEET_KILLS ?? 1)
const SEED = Number(process.env.VOLLEY_SEED ?? Math.floor(Math.random() * 1e9))
const RUNS = 12

const tool = (name: string, latencyMs: number, hint: object) => ({
  name,
  parameters: { type: 'object', properties: { port: { type: 'integer' } } },
  run: { kind: 'mock', result: { port: '{{port}}' }, latencyMs },
  annotations: hint,
})
const FLOW = {
  ...scriptedFlow(
    [
      { calls: [0, 1, 2].flatMap((port) => ['tide', 'pay'].map((name) => ({ tool: name, arguments: { port } }))) },
      { calls: [{ tool: 'tide', arguments: { port: 9 } }] },
      { text: 'High at six.' },
    ],
    [tool('tide', 400, { readOnlyHint: true }), tool('pay', 300, {})],
    { pace: { firstTokenMs: 20, callMs: 5 } },
  ),
  edges: [{ from: 'tide', to: 'pay', kind: 'order' }],
}

test.skipIf(!url)(
  `over ${KILLS} kills of one of three servers every run goes on elsewhere, soon, and no call with an end is made again (VOLLEY_SEED=${SEED})`,
  { timeout: 60_000 + KILLS * 40_000 },
  async () => {
    const random = randomFrom(SEED)
    const databaseUrl = await makeDatabase(url as string)
    const flow = parseFlow(FLOW, { checkSchema: () => [] })
    if (!flow.ok) throw new Error(flow.error[0]?.message)
    const startOne = () => startRealServer({ VOLLEY_DATABASE_URL: databaseUrl })
    const servers: RealServer[] = await Promise.all([startOne(), startOne(), startOne()])
    const takeovers: number[] = []

    for (let kill = 0; kill < KILLS; kill++) {
      const [witness, other] = servers as [RealServer, RealServer, RealServer]
      const runIds = await Promise.all(
        Array.from({ length: RUNS }, async (_, at) => {
          const answer = await (servers[at % 3] as RealServer).call('POST', '/api/runs', { flow: FLOW, input: `${at}` })
          expect(answer.status).toBe(202)
          return ((await answer.json()) as { runId: string }).runId
        }),
      )
      await sleep(150 + random() * 700)
      const killed = servers.pop() as RealServer
      const killedAt = performance.now()
      killed.process.kill('SIGKILL')
      for (const [at, runId] of runIds.entries()) {
        const events = await eventsOf(at % 2 === 0 ? witness : other, runId)
        expect(logFaults(events, flow.value)).toEqual([])
        expect(events.at(-1)).toMatchObject({ type: 'run.finished', status: 'succeeded' })
      }
      takeovers.push(Math.round(performance.now() - killedAt))
      if (kill < KILLS - 1) servers.push(await startOne())
    }
    console.info(`all runs were over so many ms after each kill: ${takeovers.join(', ')}`)
  },
)

/** All events of a run, as a server streams them until it ends. */
async function eventsOf(server: RealServer, runId: string): Promise<RunEvent[]> {
  const text = await (await server.call('GET', `/api/runs/${runId}/events`)).text()
  return text
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => JSON.parse(line.slice(5)) as RunEvent)
}

import { setTimeout as sleep } from 'node:timers/promises'
import { randomFrom } from '@volley/shared/lib/random.ts'
import type { RunEvent } from '@volley/shared/run/events.ts'
import { runFromEvents } from '@volley/shared/run/state.ts'
import pg from 'pg'
import { expect, onTestFinished } from 'vitest'
import { logFaults } from '../testing/invariants.ts'
import { followRun, isLost } from './followRun.ts'
import { crashFlow, type Plan, randomPlan } from './plans.ts'
import { type RealServer, startRealServer } from './realServer.ts'
import { startWorld } from './world.ts'

export interface OneOfMany extends RealServer {
  /** How it is called among those that share the store. */
  self: string
}

interface Followed {
  runId: string
  /** When each event was seen, by its number less one. */
  seenAt: number[]
  done: Promise<RunEvent[]>
}

/**
 * Real servers on one database, with runs on them whose tools count what is executed. The tests hurt the servers or the database; in the end
 * `check` looks at the log of every run that was acknowledged, and at what was executed for it. The first server, the witness, is the one that
 * is asked: no test hurts it.
 */
export async function startManyServers({
  databaseUrl,
  reachedAt = databaseUrl,
  seed,
  toolMs,
}: {
  databaseUrl: string
  /** The address of the database for the servers, where it is another one. */
  reachedAt?: string
  seed: number
  toolMs?: [least: number, most: number]
}) {
  const random = randomFrom(seed)
  const worldRandom = randomFrom(seed + 1)
  /** Calls that were executed after their end had been seen, as `<run>:<call>`. */
  const late: string[] = []
  const [least, most] = toolMs ?? [50, 400]
  const plans: Plan[] = []
  const world = await startWorld({
    plans,
    random: worldRandom,
    toolMs: () => least + worldRandom() * (most - least),
    onLate: (key) => late.push(key),
  })
  const flow = crashFlow(world.url)
  const servers: OneOfMany[] = []
  const runs: Followed[] = []
  const decisions: Promise<void>[] = []
  const approved: { runId: string; call: number }[] = []
  let started = 0
  let naming = Promise.resolve('')

  const startServer = async (more: Record<string, string> = {}): Promise<OneOfMany> => {
    const server = await startRealServer({
      VOLLEY_DATABASE_URL: reachedAt,
      VOLLEY_SECRET_KEY: 'the-same-on-every-server',
      VOLLEY_EGRESS_ALLOW: world.host,
      OPENAI_API_KEY: 'sk-crash',
      OPENAI_BASE_URL: `${world.url}/v1`,
      ...more,
    })
    // One after another, or one would hear the name of the other.
    naming = naming.then(() => nameOf(server, databaseUrl))
    const one = { ...server, self: await naming }
    servers.push(one)
    return one
  }
  const witness = () => servers[0] as OneOfMany

  /** Asks again until a server has answered; one without its database says so with 503. */
  const insist = async (
    server: () => RealServer,
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ) => {
    for (;;) {
      try {
        const answer = await server().call(method, path, body, headers)
        const given = (await answer.json()) as Record<string, unknown>
        if (answer.status !== 503) return { status: answer.status, body: given }
      } catch (error) {
        if (!isLost(error)) throw error
      }
      await sleep(50)
    }
  }

  const decide = async (runId: string, call: number) => {
    await sleep(random() * 300)
    const approve = random() < 0.8
    const answer = await insist(witness, 'POST', `/api/runs/${runId}/calls/${call}/approval`, { approve })
    // 409 when the answer to a decision that counted was lost.
    expect([200, 409]).toContain(answer.status)
    if (answer.status === 200 && approve) approved.push({ runId, call })
  }

  const follow = (runId: string): Followed => {
    const seenAt: number[] = []
    const done = followRun(
      runId,
      async () => witness(),
      (event) => {
        seenAt.push(performance.now())
        if (event.type === 'call.awaiting_approval') decisions.push(decide(runId, event.call))
        if (/^call\.(succeeded|failed|skipped|cancelled)$/.test(event.type) && 'call' in event)
          world.sawEnd(runId, event.call)
      },
      { isPatient: true },
    )
    return { runId, seenAt, done }
  }

  return {
    random,
    servers,
    witness,
    startServer,
    /** Takes it out of those that are asked. */
    without(server: OneOfMany) {
      servers.splice(servers.indexOf(server), 1)
    },
    /** Starts so many runs, each on any of the servers, and follows them; resolves when all of them were acknowledged. */
    async begin(count: number): Promise<void> {
      await Promise.all(
        Array.from({ length: count }, async () => {
          const plan = plans.push(randomPlan(random)) - 1
          const anyServer = () => servers[Math.floor(random() * servers.length)] as OneOfMany
          const key = { 'idempotency-key': `start-${started++}` }
          const answer = await insist(anyServer, 'POST', '/api/runs', { flow, input: `plan ${plan}` }, key)
          expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 202 })
          runs.push(follow(answer.body.runId as string))
        }),
      )
    },
    /** Waits for the end of every run and checks all that must be true of them; forgets them then. */
    async check() {
      const checked = runs.splice(0)
      const ended = await Promise.all(checked.map(async (run) => ({ ...run, events: await run.done })))
      await Promise.all(decisions.splice(0))
      expect(world.faults).toEqual([])
      const epochs = await epochsOf(
        databaseUrl,
        checked.map(({ runId }) => runId),
      )
      for (const { runId, events } of ended) {
        expect(logFaults(events, flow), runId).toEqual([])
        const run = runFromEvents(events)
        expect(run.status, `${runId}: ${JSON.stringify(run.error)}`).toBe('succeeded')
        for (const { call, tool, status, attempts, error } of run.calls) {
          const executed = world.executionsOf(runId, call)
          const isHinted = flow.tools.find(({ name }) => name === tool)?.annotations?.readOnlyHint === true
          const name = `${runId}:${call} ${tool} ${status} ${error?.code ?? ''}`
          expect(executed, name).toBeLessThanOrEqual(isHinted ? attempts.length : 1)
          if (status === 'succeeded' && attempts.length > 0) expect(executed, name).toBeGreaterThan(0)
          if (error?.code === 'interrupted') expect(isHinted, name).toBe(false)
          expect(error?.code, name).not.toBe('internal')
        }
        // Once another server has claimed a run, nothing of a former owner comes into its log.
        const written = epochs.get(runId) ?? []
        expect(written, runId).toHaveLength(events.length)
        expect(written, runId).toEqual(written.toSorted((one, other) => one - other))
      }
      for (const { runId, call } of approved.splice(0)) {
        const { events } = ended.find((run) => run.runId === runId) ?? { events: [] }
        const said = events.filter((event) => 'call' in event && event.call === call).map(({ type }) => type)
        expect(said.filter((type) => type === 'call.approved')).toHaveLength(1)
      }
      const calls = ended.flatMap(({ events }) => runFromEvents(events).calls)
      return {
        runs: ended.map(({ runId, seenAt, events }) => ({ runId, seenAt, events, epochs: epochs.get(runId) ?? [] })),
        late: late.splice(0),
        events: ended.reduce((sum, { events }) => sum + events.length, 0),
        calls: calls.length,
        interrupted: calls.filter(({ error }) => error?.code === 'interrupted').length,
        again: calls.filter(({ attempts, tool }) => attempts.length > 1 && tool === 'chart').length,
      }
    },
    /** The runs that this server owns now, each with the epoch, as the database says. */
    async ownedBy({ self }: OneOfMany): Promise<Map<string, number>> {
      const rows = await query<{ id: string; owner_epoch: number }>(
        databaseUrl,
        'select id, owner_epoch from run where owner = $1 and finished_at is null',
        [self],
      )
      return new Map(rows.map(({ id, owner_epoch }) => [id, Number(owner_epoch)]))
    },
  }
}

export type ManyServers = Awaited<ReturnType<typeof startManyServers>>

/** One query on a connection of its own. */
export async function query<Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(sql, values)).rows
  } finally {
    await client.end()
  }
}

/** The epoch under which each event was written, in the order of their numbers. */
async function epochsOf(url: string, runIds: readonly string[]): Promise<Map<string, number[]>> {
  const rows = await query<{ run_id: string; epoch: number }>(
    url,
    'select run_id, epoch from event where run_id = any($1) order by run_id, seq',
    [runIds],
  )
  const byRun = Map.groupBy(rows, ({ run_id }) => run_id)
  return new Map([...byRun].map(([runId, events]) => [runId, events.map(({ epoch }) => Number(epoch))]))
}

/** A server tells the others who it is with whatever it says to them. */
async function nameOf(server: RealServer, databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  onTestFinished(() => client.end().catch(() => {}))
  await client.query('listen volley')
  const secret = `WHO_${server.port}`
  const said = new Promise<string>((resolve) => {
    client.on('notification', ({ payload = '' }) => {
      const { topic, by } = JSON.parse(payload) as { topic: string; by: string }
      if (topic === 'vault') resolve(by)
    })
  })
  await server.call('PUT', `/api/secrets/${secret}`, { value: `${secret}-is-its-name` })
  const name = await said
  await client.end()
  return name
}

import { setTimeout as sleep } from 'node:timers/promises'
import { randomFrom } from '@volley/shared/lib/random.ts'
import type { RunEvent } from '@volley/shared/run/events.ts'
import { runFromEvents } from '@volley/shared/run/state.ts'
import { expect, test } from 'vitest'
import { logFaults } from '../testing/invariants.ts'
import { temporaryFolder } from '../testing/temporaryFolder.ts'
import { followRun, isLost } from './followRun.ts'
import { crashFlow, type Plan, randomBatch, randomPlan } from './plans.ts'
import { type RealServer, startRealServer } from './realServer.ts'
import { startWorld } from './world.ts'

// A real server, killed at random moments while runs, saves and decisions go on, and started again on the same data.
// VOLLEY_SEED repeats the plans and the moments, VOLLEY_KILLS sets how many kills there are.

const KILLS = Number(process.env.VOLLEY_KILLS ?? 3)
const SEED = Number(process.env.VOLLEY_SEED ?? Math.floor(Math.random() * 1e9))
const RUNS_A_ROUND = 4

test(
  `over ${KILLS} kills nothing acknowledged is lost, nothing is repeated that must not be, and every run comes to its end (VOLLEY_SEED=${SEED})`,
  async () => {
    const random = randomFrom(SEED)
    const plans: Plan[] = []
    const world = await startWorld({ plans, random: randomFrom(SEED + 1) })
    const flow = crashFlow(world.url)
    const environment = {
      VOLLEY_DATA: `${temporaryFolder()}/data`,
      VOLLEY_EGRESS_ALLOW: world.host,
      OPENAI_API_KEY: 'sk-crash',
      OPENAI_BASE_URL: `${world.url}/v1`,
    }
    let server: Promise<RealServer> = startRealServer(environment)
    /** Asks again until a server has answered. */
    const insist = async (method: string, path: string, body: unknown, headers: Record<string, string> = {}) => {
      for (;;) {
        try {
          const answer = await (await server).call(method, path, body, headers)
          return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
        } catch (error) {
          if (!isLost(error)) throw error
          await sleep(20)
        }
      }
    }

    const approved: { runId: string; call: number }[] = []
    const decide = async (runId: string, call: number, approve: boolean) => {
      await sleep(random() * 150)
      const answer = await insist('POST', `/api/runs/${runId}/calls/${call}/approval`, { approve })
      // 409 when the answer to a decision that counted was lost with its server.
      expect([200, 409]).toContain(answer.status)
      if (answer.status === 200 && approve) approved.push({ runId, call })
    }
    const decisions: Promise<void>[] = []
    const follow = async (runId: string) => {
      const events = await followRun(
        runId,
        () => server,
        (event: RunEvent) => {
          if (event.type === 'call.awaiting_approval') decisions.push(decide(runId, event.call, random() < 0.8))
          if (/^call\.(succeeded|failed|skipped|cancelled)$/.test(event.type) && 'call' in event)
            world.sawEnd(runId, event.call)
        },
      )
      return { runId, events }
    }

    let started = 0
    const start = async () => {
      const key = { 'idempotency-key': `start-${started++}` }
      const isBatch = random() < 0.25
      const request = isBatch
        ? { path: '/api/batches', body: { flow, calls: randomBatch(random) } }
        : { path: '/api/runs', body: { flow, input: `plan ${plans.push(randomPlan(random)) - 1}` } }
      // A batch takes no key: one whose answer was lost may have begun, unseen.
      const { status, body } = await insist('POST', request.path, request.body, isBatch ? {} : key)
      expect(status).toBe(202)
      return follow(body.runId as string)
    }

    let isSaving = true
    const saved = new Map<number, string>()
    const save = async () => {
      const { body } = await insist('POST', '/api/flows', flow)
      for (let count = 0; isSaving; count++) {
        const description = `Saved ${count}`
        const put = await insist('PUT', `/api/flows/${body.id}`, { ...flow, description })
        expect(put.status).toBe(200)
        saved.set(put.body.version as number, description)
        await sleep(5)
      }
      return body.id as string
    }

    const saving = save()
    const following: ReturnType<typeof start>[] = []
    for (let kill = 0; kill < KILLS; kill++) {
      const current = await server
      for (let count = 0; count < RUNS_A_ROUND; count++) following.push(start())
      await sleep(20 + random() * 350)
      server = (async () => {
        current.process.kill('SIGKILL')
        await current.ended
        return startRealServer(environment)
      })()
    }
    const runs = await Promise.all(following)
    await Promise.all(decisions)
    isSaving = false
    const flowId = await saving

    expect(world.faults).toEqual([])
    const last = await server
    for (const { runId, events } of runs) {
      expect(logFaults(events, flow), runId).toEqual([])
      expect(await followRun(runId, async () => last)).toEqual(events)
      const run = runFromEvents(events)
      expect(run.status, JSON.stringify(run.error)).toBe('succeeded')
      for (const { call, tool, status, attempts, error } of run.calls) {
        const executed = world.executionsOf(runId, call)
        const isHinted = flow.tools.find(({ name }) => name === tool)?.annotations?.readOnlyHint === true
        const name = `${runId}:${call} ${tool} ${status} ${error?.code ?? ''}`
        expect(executed, name).toBeLessThanOrEqual(isHinted ? attempts.length : 1)
        if (attempts.length === 0) expect(executed, name).toBe(0)
        if (status === 'succeeded' && attempts.length > 0) expect(executed, name).toBeGreaterThan(0)
        if (error?.code === 'interrupted') expect(isHinted, name).toBe(false)
      }
    }
    for (const { runId, call } of approved) {
      const { events } = runs.find((run) => run.runId === runId) ?? { events: [] }
      const said = events.filter((event) => 'call' in event && event.call === call).map(({ type }) => type)
      expect(said.filter((type) => type === 'call.awaiting_approval' || type === 'call.approved')).toEqual([
        'call.awaiting_approval',
        'call.approved',
      ])
    }
    for (const [version, description] of saved) {
      const answer = await last.call('GET', `/api/flows/${flowId}/versions/${version}`)
      expect(((await answer.json()) as { flow: { description: string } }).flow.description).toBe(description)
    }
    expect(saved.size).toBeGreaterThan(KILLS)
    const problems = (await last.call('GET', '/api/health')).status
    expect(problems).toBe(200)
    const adopted = runs
      .flatMap(({ events }) => runFromEvents(events).calls)
      .filter(({ adoptedFrom }) => adoptedFrom !== undefined)
    const interrupted = runs
      .flatMap(({ events }) => runFromEvents(events).calls)
      .filter(({ error }) => error?.code === 'interrupted')
    console.log(
      `kill loop: seed ${SEED}, ${KILLS} kills, ${runs.length} runs, ${runs.flatMap(({ events }) => events).length} events, ` +
        `${adopted.length} calls adopted, ${interrupted.length} interrupted, ${approved.length} approvals, ${saved.size} saves`,
    )
  },
  20_000 + KILLS * 5_000,
)

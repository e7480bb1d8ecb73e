import { setTimeout as passed } from 'node:timers/promises'
import type { Announcement } from '../../../server/src/store/announcements.ts'
import type { MeasuredDatabase } from './database.ts'
import { type FleetServer, startFleetServer } from './fleetServer.ts'
import { flowOfCalls } from './flows.ts'

const RUNS = 10
/** A server tells this often that it lives: a kill may meet any moment between two such signs. */
const HEARTBEAT_MS = 3_000
const LONG_MS = 600_000

/**
 * How long after each `kill -9` of the server that had them its runs were written by another one: from the signal until the first event that
 * the new owner appended was announced, in milliseconds, one number for each run.
 */
export async function measureTakeovers(database: MeasuredDatabase, { kills }: { kills: number }): Promise<number[]> {
  const shared = { databaseUrl: database.url }
  const listener = await database.connect()
  await listener.query('listen volley')
  let owner = await startFleetServer(shared)
  const { id } = await owner.ask<{ id: string }>('POST', '/flows', flowOfCalls(2, { latencyMs: LONG_MS }))
  const times: number[] = []
  for (let kill = 0; kill < kills; kill++) {
    // One server alone takes them all.
    const runIds = await Promise.all(Array.from({ length: RUNS }, () => owner.begin(id)))
    await Promise.all(runIds.map((runId) => untilCallsRun(owner, runId)))
    const { rows } = await database.client.query<{ owner: string }>('select owner from run where id = any($1)', [
      runIds,
    ])
    const former = new Set(rows.map((row) => row.owner))
    const next = await startFleetServer(shared)
    await passed((HEARTBEAT_MS * (kill + Math.random())) / kills)
    const taken = new Map<string, number>()
    const allTaken = new Promise<void>((resolve) => {
      listener.on('notification', ({ payload = '' }) => {
        const { topic, of, by } = JSON.parse(payload) as Announcement
        if (topic !== 'run' || former.has(by) || !runIds.includes(of) || taken.has(of)) return
        taken.set(of, performance.now())
        if (taken.size === runIds.length) resolve()
      })
    })
    const killedAt = performance.now()
    owner.kill()
    await allTaken
    listener.removeAllListeners('notification')
    for (const takenAt of taken.values()) times.push(takenAt - killedAt)
    owner = next
    await Promise.all(
      runIds.map(async (runId) => {
        await owner.ask('POST', `/runs/${runId}/cancel`, {})
        await owner.follow(runId)
      }),
    )
  }
  await owner.stop()
  await listener.end()
  return times
}

/** Resolves when both calls of a run have begun. */
export async function untilCallsRun(server: FleetServer, runId: string): Promise<void> {
  let begun = 0
  for await (const { event } of server.events(runId)) if (event.type === 'call.started' && ++begun === 2) return
}

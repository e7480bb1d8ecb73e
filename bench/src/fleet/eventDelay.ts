import type { MeasuredDatabase } from './database.ts'
import { type FleetServer, startFleetServer } from './fleetServer.ts'
import { flowOfCalls } from './flows.ts'

/** How long after they were durable events arrived at a reader, in milliseconds. */
export interface EventDelays {
  /** At the server that runs the run. */
  here: number[]
  /** At another one. */
  there: number[]
}

const CALLS = 40

/**
 * Runs a flow at a calm pace on one server, read on it and on another one that runs nothing. Each event counts from the time that PostgreSQL
 * gave its commit to its arrival in this process; those that came before the reader listened do not count.
 */
export async function measureEventDelay(database: MeasuredDatabase, { runs }: { runs: number }): Promise<EventDelays> {
  const shared = { databaseUrl: database.url }
  const [owner, reader] = [await startFleetServer(shared), await startFleetServer(shared, { role: 'web' })]
  const flow = flowOfCalls(CALLS, { callMs: 25, latencyMs: 60 })
  const { id } = await owner.ask<{ id: string }>('POST', '/flows', flow)
  const delays: EventDelays = { here: [], there: [] }
  // The first does not count: both have to get under way.
  for (let run = 0; run <= runs; run++) {
    const runId = await owner.begin(id)
    const [here, there] = await Promise.all([arrivals(owner, runId), arrivals(reader, runId)])
    if (run === 0) continue
    const commits = await commitsOf(database, runId)
    delays.here.push(...delaysOf(here, commits))
    delays.there.push(...delaysOf(there, commits))
  }
  await Promise.all([owner.stop(), reader.stop()])
  return delays
}

async function arrivals(server: FleetServer, runId: string): Promise<Map<number, number>> {
  const times = new Map<number, number>()
  for await (const { event, arrivedAt } of server.events(runId)) times.set(event.seq, arrivedAt)
  return times
}

async function commitsOf({ client }: MeasuredDatabase, runId: string): Promise<Map<number, number>> {
  const { rows } = await client.query<{ seq: number; ms: string }>(
    'select seq, extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000 as ms from event where run_id = $1',
    [runId],
  )
  return new Map(rows.map(({ seq, ms }) => [seq, Number(ms)]))
}

function delaysOf(arrived: Map<number, number>, commits: Map<number, number>): number[] {
  const listensFrom = Math.min(...arrived.values())
  return [...arrived].flatMap(([seq, at]) => {
    const committed = commits.get(seq) ?? Number.NaN
    return committed > listensFrom ? [at - committed] : []
  })
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Ceiling, measureCeiling } from './ceiling.ts'
import { type MeasuredPostgres, startMeasuredPostgres } from './database.ts'
import { type EventDelays, measureEventDelay } from './eventDelay.ts'
import { type GrowthExtent, type GrowthSample, measureGrowth } from './growth.ts'
import { measureProcesses, type ProcessesExtent, type ProcessesSample } from './processes.ts'
import { embeddedIn, sharedOn } from './storeKinds.ts'
import { measureTakeovers } from './takeover.ts'

/** All that was measured of servers that share a store, and of one on its own. */
export interface FleetResults {
  processes: ProcessesSample[]
  delays: EventDelays
  takeovers: number[]
  ceiling: Ceiling
  growth: GrowthSample[]
}

export interface FleetExtent extends ProcessesExtent, GrowthExtent {
  kills: number
  delayRuns: number
  ceilingMs: number
}

export const FULL_FLEET: FleetExtent = {
  runs: 200,
  repetitions: 3,
  alone: 30,
  paced: 12,
  idleMs: 10_000,
  kills: 6,
  delayRuns: 5,
  ceilingMs: 3_000,
  sizes: [100, 1_000, 10_000, 100_000],
  starts: 3,
  requests: 40,
}

export const QUICK_FLEET: FleetExtent = {
  ...FULL_FLEET,
  repetitions: 2,
  alone: 15,
  paced: 6,
  idleMs: 6_000,
  kills: 1,
  delayRuns: 2,
  ceilingMs: 1_000,
  sizes: [100, 10_000],
  starts: 1,
  requests: 20,
}

const SERVERS = [1, 2, 4]

/** Measures it on a PostgreSQL of its own that waits for the disk; the sentence why not, where there can be none. */
export async function measureFleet(extent: FleetExtent): Promise<FleetResults | string> {
  const postgres = await startMeasuredPostgres()
  if (typeof postgres === 'string') return postgres
  const folder = mkdtempSync(path.join(tmpdir(), 'volley-bench-'))
  try {
    const processes = await processesOf(postgres, folder, extent)
    const delays = await measureEventDelay(await postgres.database(), { runs: extent.delayRuns })
    const takeovers = await measureTakeovers(await postgres.database(), extent)
    const ceiling = await measureCeiling(await postgres.database(), { ms: extent.ceilingMs })
    const growth: GrowthSample[] = []
    for (const kind of [embeddedIn(folder), sharedOn(postgres)]) growth.push(...(await measureGrowth(kind, extent)))
    return { processes, delays, takeovers, ceiling, growth }
  } finally {
    await postgres.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function processesOf(
  postgres: MeasuredPostgres,
  folder: string,
  extent: FleetExtent,
): Promise<ProcessesSample[]> {
  const samples = [await measureProcesses([{ folder: mkdtempSync(path.join(folder, 'own-')) }], null, extent)]
  for (const count of SERVERS) {
    const database = await postgres.database()
    const places = Array.from({ length: count }, () => ({ databaseUrl: database.url }))
    samples.push(await measureProcesses(places, database, extent))
  }
  return samples
}

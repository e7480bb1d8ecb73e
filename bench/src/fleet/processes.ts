import { setTimeout as passed } from 'node:timers/promises'
import { median } from '../measure.ts'
import { between, type Counted, type MeasuredDatabase } from './database.ts'
import { type FleetServer, type Place, startFleetServer } from './fleetServer.ts'
import { flowOfCalls } from './flows.ts'

/** What so many servers did, on a database they share; or one on a store of its own. */
export interface ProcessesSample {
  /** 0: one server on the embedded store. */
  servers: number
  /** Of a short run alone, from the request to the end of its stream: the middle one and the longest. */
  aloneMs: number
  aloneWorstMs: number
  /** Of many runs at once, each time. */
  runsPerSecond: number[]
  /** User and system time of all servers, for each of these runs. */
  cpuMs: number
  /** Of the database, for each of these runs; null on the embedded store. */
  database: Counted | null
  /** For each run whose events come one by one, as a model's do, without what a pause takes; null on the embedded store. */
  paced: { cpuMs: number; database: Counted } | null
  /** What a run takes in the tables, indexes too. */
  bytes: number | null
  /** Connections of all servers together by their names, right after these runs and after the pause. */
  connections: { busy: Record<string, number>; idle: Record<string, number> } | null
  /** While nothing is asked of them: CPU of a server as a share of one core, and what all of them ask of the database in a second. */
  idle: { cpuShare: number; transactions: number; writes: number; databaseCpuShare: number } | null
}

export interface ProcessesExtent {
  runs: number
  repetitions: number
  alone: number
  paced: number
  idleMs: number
}

const CALLS = 10
/** So a model may write: its calls come one by one, and each takes a while. */
const PACE = { callMs: 50, latencyMs: 60 }
const WARM_UP_RUNS = 20
const WARM_UPS_ALONE = 5

/** Measures so many servers at the same places: many runs at once, runs alone, and a pause. */
export async function measureProcesses(
  places: readonly Place[],
  database: MeasuredDatabase | null,
  { runs, repetitions, alone, paced, idleMs }: ProcessesExtent,
): Promise<ProcessesSample> {
  const servers = await Promise.all(places.map((place) => startFleetServer(place)))
  const [first] = servers
  if (!first) throw new Error('no server was asked for')
  const save = async (flow: object) => (await first.ask<{ id: string }>('POST', '/flows', flow)).id
  const [tenCalls, oneCall] = [await save(flowOfCalls(CALLS)), await save(flowOfCalls(1))]
  const pacedFlow = await save(flowOfCalls(CALLS, PACE))

  await runMany(servers, tenCalls, WARM_UP_RUNS * servers.length)
  const bytesBefore = await tableBytes(database)
  const countsBefore = await database?.counts()
  await Promise.all(servers.map((server) => server.meter.begin()))
  const seconds: number[] = []
  for (let time = 0; time < repetitions; time++) seconds.push((await runMany(servers, tenCalls, runs)) / 1000)
  const used = await Promise.all(servers.map((server) => server.meter.end()))
  const counts = countsBefore && database && between(countsBefore, await database.counts())
  const bytes = bytesBefore === null ? null : ((await tableBytes(database)) ?? Number.NaN) - bytesBefore
  const busy = await database?.connections()

  const times: number[] = []
  await oneByOne(servers, oneCall, WARM_UPS_ALONE)
  for (let run = 0; run < alone; run++) times.push(await oneByOne([servers[run % servers.length] ?? first], oneCall, 1))
  const idle = database && (await measureIdle(servers, database, idleMs))
  const unused = await database?.connections()
  const calm = database && idle && (await measurePaced(servers, database, pacedFlow, paced, idle))
  const connections = busy && unused && { busy, idle: unused }
  await Promise.all(servers.map((server) => server.stop()))

  const all = runs * repetitions
  return {
    servers: database ? servers.length : 0,
    aloneMs: median(times),
    aloneWorstMs: Math.max(...times),
    runsPerSecond: seconds.map((its) => runs / its),
    cpuMs: used.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / all,
    database: counts ? eachOf(counts, all) : null,
    paced: calm,
    bytes: bytes === null ? null : bytes / all,
    connections: connections ?? null,
    idle,
  }
}

/** Begins runs at once on all servers in turn, and waits for all; how long that took, in milliseconds. */
async function runMany(servers: readonly FleetServer[], flowId: string, runs: number): Promise<number> {
  const began = performance.now()
  await Promise.all(
    Array.from({ length: runs }, async (_, run) => {
      const server = servers[run % servers.length] as FleetServer
      await server.follow(await server.begin(flowId))
    }),
  )
  return performance.now() - began
}

/** Runs one after another, on all servers in turn; how long that took, in milliseconds. */
async function oneByOne(servers: readonly FleetServer[], flowId: string, runs: number): Promise<number> {
  const began = performance.now()
  for (let run = 0; run < runs; run++) {
    const server = servers[run % servers.length] as FleetServer
    await server.follow(await server.begin(flowId))
  }
  return performance.now() - began
}

async function measurePaced(
  servers: readonly FleetServer[],
  database: MeasuredDatabase,
  flowId: string,
  runs: number,
  idle: NonNullable<ProcessesSample['idle']>,
): Promise<ProcessesSample['paced']> {
  await oneByOne(servers, flowId, servers.length)
  const before = await database.counts()
  await Promise.all(servers.map((server) => server.meter.begin()))
  const ms = await oneByOne(servers, flowId, runs)
  const used = await Promise.all(servers.map((server) => server.meter.end()))
  const { transactions, writes, walBytes, cpuMs } = between(before, await database.counts())
  const own = {
    transactions: transactions - (idle.transactions * ms) / 1000,
    writes: writes - (idle.writes * ms) / 1000,
    walBytes,
    cpuMs: cpuMs - idle.databaseCpuShare * ms,
  }
  const usedMs = used.reduce((sum, its) => sum + its.cpuMs, 0) - idle.cpuShare * servers.length * ms
  return { cpuMs: usedMs / runs, database: eachOf(own, runs) }
}

async function measureIdle(servers: readonly FleetServer[], database: MeasuredDatabase, ms: number) {
  // Pools close what they did not use for ten seconds, and runs of before are looked through: that is no load of a pause.
  await passed(ms)
  const before = await database.counts()
  await Promise.all(servers.map((server) => server.meter.begin()))
  const began = performance.now()
  await passed(ms)
  const lasted = performance.now() - began
  const used = await Promise.all(servers.map((server) => server.meter.end()))
  const { transactions, writes, cpuMs } = between(before, await database.counts())
  return {
    cpuShare: used.reduce((sum, its) => sum + its.cpuMs, 0) / servers.length / lasted,
    transactions: (transactions / lasted) * 1000,
    writes: (writes / lasted) * 1000,
    databaseCpuShare: cpuMs / lasted,
  }
}

const TABLES = ['run', 'event', 'exchange', 'run_digest', 'run_tool', 'run_finding']

async function tableBytes(database: MeasuredDatabase | null): Promise<number | null> {
  if (!database) return null
  const sql = 'select sum(pg_total_relation_size(name::regclass)) as bytes from unnest($1::text[]) as name'
  return Number((await database.client.query<{ bytes: string }>(sql, [TABLES])).rows[0]?.bytes)
}

const eachOf = ({ transactions, writes, walBytes, cpuMs }: Counted, count: number): Counted => ({
  transactions: transactions / count,
  writes: writes / count,
  walBytes: walBytes / count,
  cpuMs: cpuMs / count,
})

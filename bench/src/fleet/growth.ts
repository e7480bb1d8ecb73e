import { median } from '../measure.ts'
import { type FleetServer, type Place, startFleetServer } from './fleetServer.ts'
import { flowOfCalls } from './flows.ts'
import type { GrowthPlace, StoreKind } from './storeKinds.ts'
import { untilCallsRun } from './takeover.ts'

/** What a store that holds so many runs takes to do one thing, in milliseconds. */
export interface GrowthSample {
  store: StoreKind['name']
  runs: number
  what: GrowthWhat
  ms: number
}

export type GrowthWhat = keyof typeof WHATS

/** In the order of the tables. */
export const WHATS = {
  list: 'list of runs, the newest 100',
  deep: 'list of runs, 40 from the middle',
  tool: 'list of runs of one tool',
  open: 'open a run',
  stream: 'stream of a run',
  record: 'a short run, begun and recorded',
  start: 'start of a server, with 3 unfinished runs',
  recovery: 'from that start until all 3 go on',
  stats: 'statistics of the newest runs',
  facets: 'choices of the filters',
}

const UNFINISHED = 3
const LONG_MS = 600_000
const WARM_UPS = 15

export interface GrowthExtent {
  sizes: readonly number[]
  starts: number
  requests: number
}

/** A store of one size, with what is in it. */
interface Grown {
  runs: number
  place: Place
  flowId: string
  ids: readonly string[]
  unfinished: readonly string[]
  /** How often the unfinished runs were taken up. */
  starts: number
}

/**
 * Fills a store of each size and measures them side by side: each with a server of its own, all taking turns, so that what disturbs the machine
 * disturbs them alike.
 */
export async function measureGrowth(
  kind: StoreKind,
  { sizes, starts, requests }: GrowthExtent,
): Promise<GrowthSample[]> {
  const stores: Grown[] = []
  for (const runs of sizes) stores.push(await grow(await kind.place(), runs))
  const samples: GrowthSample[] = []
  const note = (runs: number, what: GrowthWhat, times: readonly number[]) =>
    samples.push({ store: kind.name, runs, what, ms: median(times) })

  const begun = stores.map(() => ({ start: [] as number[], recovery: [] as number[] }))
  for (let time = 0; time < starts; time++)
    for (const [at, store] of stores.entries()) {
      const server = await startFleetServer(store.place)
      begun[at]?.start.push(server.startMs)
      begun[at]?.recovery.push(await untilAllGoOn(server, store))
      await server.stop()
    }
  for (const [at, { runs }] of stores.entries()) {
    note(runs, 'start', begun[at]?.start ?? [])
    note(runs, 'recovery', begun[at]?.recovery ?? [])
  }

  const servers = await Promise.all(stores.map(({ place }) => startFleetServer(place)))
  const acts = stores.map((store, at) => actsOn(servers[at] as FleetServer, store))
  for (const what of Object.keys(acts[0] ?? {}) as ActName[]) {
    const times = stores.map(() => [] as number[])
    for (let turn = -WARM_UPS; turn < requests; turn++)
      for (const [at, act] of acts.entries()) {
        const began = performance.now()
        await act[what](turn + WARM_UPS)
        if (turn >= 0) times[at]?.push(performance.now() - began)
      }
    for (const [at, { runs }] of stores.entries()) note(runs, what, times[at] ?? [])
  }
  await Promise.all(servers.map((server) => server.stop()))
  return samples
}

/** A store with a flow, so many runs that ended, and some that did not. */
async function grow({ place, fill }: GrowthPlace, runs: number): Promise<Grown> {
  const server = await startFleetServer(place)
  const save = async (flow: object) => (await server.ask<{ id: string }>('POST', '/flows', flow)).id
  const [flowId, longId] = [await save(flowOfCalls(2)), await save(flowOfCalls(2, { latencyMs: LONG_MS }))]
  const template = await server.begin(flowId)
  await server.follow(template)
  const unfinished = await Promise.all(Array.from({ length: UNFINISHED }, () => server.begin(longId)))
  await Promise.all(unfinished.map((runId) => untilCallsRun(server, runId)))
  // What ended is looked through before it stops.
  await server.stop()
  return { runs, place, flowId, ids: [template, ...(await fill(template, runs - 1))], unfinished, starts: 1 }
}

/** From the start of the process until every run of before has begun its calls anew. */
async function untilAllGoOn(server: FleetServer, store: Grown): Promise<number> {
  const began = performance.now()
  const before = store.starts++
  await Promise.all(
    store.unfinished.map(async (runId) => {
      for await (const { event } of server.events(runId))
        if (event.type === 'call.started' && event.attempt > before) return
    }),
  )
  return server.startMs + performance.now() - began
}

type ActName = Exclude<GrowthWhat, 'start' | 'recovery'>

function actsOn(server: FleetServer, { flowId, ids }: Grown): Record<ActName, (turn: number) => Promise<unknown>> {
  // Runs from everywhere in the store, each once.
  const one = (turn: number) => ids[Math.floor(((turn * 0.618_034) % 1) * ids.length)] as string
  const cursor = Buffer.from(JSON.stringify(ids.toSorted()[ids.length >> 1])).toString('base64url')
  return {
    list: () => server.ask('GET', '/runs?limit=100'),
    deep: () => server.ask('GET', `/runs?limit=40&cursor=${cursor}`),
    tool: () => server.ask('GET', '/runs?limit=100&tool=tide'),
    open: (turn) => server.ask('GET', `/runs/${one(turn)}`),
    stream: (turn) => server.follow(one(turn)),
    record: async () => server.follow(await server.begin(flowId)),
    stats: () => server.ask('GET', '/runs/stats'),
    facets: () => server.ask('GET', '/runs/facets'),
  }
}

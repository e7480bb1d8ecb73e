import type { Child } from './asking.ts'
import { measure, type Sample } from './measure.ts'
import { PEERS, startPeer } from './peerSystem.ts'
import type { System } from './system.ts'
import { startVolley } from './volleySystem.ts'
import { fanOut, graphWorkloads, threeCalls, type Workload } from './workloads.ts'

export interface Extent {
  /** Seeds of random graphs, and entries of each data set. */
  seeds: number
  entries: number
  repetitions: number
  fanOuts: number[]
  /** Runs at once, and how often. */
  concurrentRuns: number
  concurrentRepetitions: number
}

export interface SideBySide {
  workloads: Workload[]
  samples: Sample[]
  concurrent: Sample[]
}

/**
 * Runs every workload on Volley and its peers, one at a time and taking turns, so that whatever the machine does beside it meets all
 * alike. Concurrent runs are measured first, in new processes that have only run a few of them.
 */
export async function sideBySide(
  world: Child,
  extent: Extent,
  { profileFolder, only, names }: { profileFolder?: string; only?: RegExp; names?: string[] },
): Promise<SideBySide> {
  const url = await world.ask<string>('url')
  const isNamed = (name: string) => !names || names.includes(name)
  const systems: System[] = [
    ...(isNamed('volley') ? [await startVolley(url, profileFolder ? { profileFolder } : {})] : []),
    ...(await Promise.all(PEERS.filter(isNamed).map((name) => startPeer(name, url)))),
  ]
  const chosen = (workload: Workload) => !only || only.test(workload.group)
  const workloads = [
    ...graphWorkloads(extent),
    ...extent.fanOuts.flatMap((count) => [fanOut(count, 'timers'), fanOut(count, 'http')]),
  ].filter(chosen)
  const concurrent: Sample[] = []
  for (const workload of [threeCalls('timers')].filter(chosen)) {
    for (const system of systems) await measure(system, workload, world, 10)
    for (let repetition = 0; repetition < extent.concurrentRepetitions; repetition++)
      for (const system of inTurn(systems, repetition))
        concurrent.push(report(await measure(system, workload, world, extent.concurrentRuns)))
  }
  const samples: Sample[] = []
  for (const workload of workloads) {
    for (const system of systems) await measure(system, workload, world)
    const repetitions = workload.plan.calls.length >= 1000 ? Math.min(2, extent.repetitions) : extent.repetitions
    for (let repetition = 0; repetition < repetitions; repetition++)
      for (const system of inTurn(systems, repetition)) samples.push(report(await measure(system, workload, world)))
  }
  await Promise.all(systems.map((system) => system.stop()))
  return { workloads, samples, concurrent }
}

const inTurn = <Item>(items: readonly Item[], by: number): Item[] =>
  items.map((_, index) => items[(index + by) % items.length] as Item)

function report(sample: Sample): Sample {
  const { group, plan, system, elapsedMs, used, faults } = sample
  const words = `${group} · ${plan} · ${system}: ${elapsedMs.toFixed(0)} ms, CPU ${used.cpuMs.toFixed(1)} ms a run`
  process.stderr.write(`${[words, ...faults].join('\n    ')}\n`)
  return sample
}

import type { Child } from './asking.ts'
import { faultsOf } from './check.ts'
import type { RunLog } from './jobs.ts'
import type { Used } from './meter.ts'
import type { Job } from './plan.ts'
import type { Outcome, System } from './system.ts'
import type { Workload } from './workloads.ts'

/** One measurement: some runs of one workload at once, by one system. */
export interface Sample {
  system: string
  group: string
  plan: string
  runs: number
  /** Of the slowest run. */
  elapsedMs: number
  /** Of the middle run. */
  medianElapsedMs: number
  /** Of the first run. */
  requests: number
  used: Used
  /** What went wrong, at most a few sentences; none for a correct measurement. */
  faults: string[]
}

let jobs = 0

/** Runs a workload `runs` times at once on one system and checks every run. */
export async function measure(system: System, workload: Workload, world: Child, runs = 1): Promise<Sample> {
  const { group, plan, pace, tools } = workload
  const number = ++jobs
  const keys = Array.from({ length: runs }, (_, run) => `${plan.name}~${system.name}~${number}~${run + 1}`)
  const job: Job = { plan, pace, tools, keys }
  await world.ask('add', { job, mode: system.mode })
  await system.prepare(job)
  await system.meter.begin({ collect: runs > 1 })
  const outcomes = await system.run(keys)
  const used = await system.meter.end()
  const logs = await Promise.all(keys.map((key) => world.ask<RunLog>('take', key)))
  const faults = outcomes.flatMap((outcome, index) => faultsOfRun(job, outcome, logs[index] as RunLog))
  const times = outcomes.map((outcome) => outcome.elapsedMs).sort((one, other) => one - other)
  return {
    system: system.name,
    group,
    plan: plan.name,
    runs,
    elapsedMs: times.at(-1) as number,
    medianElapsedMs: times[times.length >> 1] as number,
    requests: logs[0]?.requests ?? 0,
    used: { ...used, cpuMs: used.cpuMs / runs },
    faults: faults.slice(0, 5),
  }
}

function faultsOfRun({ plan, tools }: Job, outcome: Outcome, log: RunLog): string[] {
  const executions = tools === 'http' ? log.executions : outcome.executions
  const faults = faultsOf(plan, executions, log.returned)
  return outcome.answer === null ? [`no answer: ${outcome.error ?? 'no reason given'}`, ...faults] : faults
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value below which that share of the numbers lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  const at = (sorted.length - 1) * share
  const [low, high] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN]
  return low + (high - low) * (at - Math.floor(at))
}

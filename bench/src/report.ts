import type { BrokenCall } from './brokenCall.ts'
import { type CanvasResults, canvasGoals, canvasParts } from './canvas/report.ts'
import { elapsedOf, speedupOf } from './elapsed.ts'
import type { FleetResults } from './fleet/measureFleet.ts'
import { fleetGoals, fleetParts } from './fleet/report.ts'
import { type Goal, goalsOf } from './goals.ts'
import { median, type Sample } from './measure.ts'
import { PEERS } from './peerSystem.ts'
import { requestsByLevels } from './plan.ts'
import type { SideBySide } from './sideBySide.ts'
import type { StartLag } from './startLag.ts'
import { table } from './table.ts'
import { type PredictionSample, predictionsTable } from './trace/predictions.ts'
import { type TimelineSample, timelineTable } from './trace/timeline.ts'
import type { Workload } from './workloads.ts'

export interface Results {
  date: string
  machine: string
  sides?: SideBySide
  lag?: StartLag[]
  broken?: BrokenCall[]
  canvas?: CanvasResults
  timeline?: TimelineSample[]
  predictions?: PredictionSample[]
  fleet?: FleetResults
}

const SYSTEMS = ['volley', ...PEERS]

/** The results as tables for a reader. */
export function markdownOf({
  date,
  machine,
  sides,
  lag,
  broken,
  canvas,
  timeline,
  predictions,
  fleet,
}: Results): string {
  const parts = [`# Measured on ${date}\n\n${machine}\n\nWhat each number means stands in [the README](../README.md).`]
  const goals = [
    ...goalsOf({ sides, lag, broken }),
    ...(canvas ? canvasGoals(canvas) : []),
    ...(fleet ? fleetGoals(fleet) : []),
  ]
  if (goals.length > 0) parts.push(`## Goals\n\n${goalTable(goals)}`)
  if (sides) parts.push(...sidesParts(sides))
  if (lag) parts.push(`## Start lag behind the last argument byte\n\n${lagTable(lag)}`)
  if (broken) parts.push(`## One broken call of five\n\n${brokenTable(broken)}`)
  if (canvas) parts.push(...canvasParts(canvas))
  if (timeline) parts.push(`## A frame of the timeline\n\n${timelineTable(timeline)}`)
  if (predictions) parts.push(`## What if, and what then was\n\n${predictionsTable(predictions)}`)
  if (fleet) parts.push(...fleetParts(fleet))
  return `${parts.join('\n\n')}\n`
}

function sidesParts({ workloads, samples, concurrent }: SideBySide): string[] {
  const groups = Map.groupBy(workloads, (workload) => workload.group)
  const of = (group: string) => samples.filter((sample) => sample.group === group)
  const graphs = [...groups].filter(([group]) => !group.startsWith('fan-out'))
  const fans = [...groups].filter(([group]) => group.startsWith('fan-out'))
  const parts: string[] = []
  if (graphs.length > 0) {
    parts.push(`## Elapsed\n\n${elapsedTable(graphs, of)}`)
    parts.push(`## CPU a run, ms\n\n${cpuTable(graphs, of)}`)
  }
  if (fans.length > 0) {
    parts.push(`## Fan-out, elapsed ms (÷ ideal)\n\n${fanTable(fans, of)}`)
    parts.push(`## Fan-out, CPU a call, ms\n\n${fanCpuTable(fans, of)}`)
  }
  if (concurrent.length > 0)
    parts.push(`## ${concurrent[0]?.runs} runs of 3 calls at once\n\n${concurrentTable(concurrent)}`)
  parts.push(`## Correctness\n\n${correctnessTable([...samples, ...concurrent])}`)
  return parts
}

function elapsedTable(groups: [string, Workload[]][], of: (group: string) => Sample[]): string {
  const rows = groups.map(([group, workloads]) => {
    const samples = of(group)
    const { ideal, overIdeal, faster, possible } = speedupOf(workloads, samples)
    const requests = Math.max(...samples.filter(isVolley).map((sample) => sample.requests))
    const byLevels = Math.max(...workloads.map(({ plan }) => requestsByLevels(plan)))
    return [
      workloads.length > 1 ? `${group} (${workloads.length} plans)` : group,
      ideal.toFixed(0),
      overIdeal.toFixed(3),
      ...SYSTEMS.map((system) => fixed(elapsedOf(samples, system), 0)),
      `${fixed(faster, 2)}×`,
      `${possible.toFixed(2)}×`,
      `${requests} / ${byLevels}`,
    ]
  })
  const head = ['workload', 'ideal ms', 'Volley ÷ ideal', ...SYSTEMS.map((name) => `${name} ms`)]
  return table([...head, 'faster than the best peer', 'possible', 'requests, most'], rows)
}

function cpuTable(groups: [string, Workload[]][], of: (group: string) => Sample[]): string {
  const rows = groups.map(([group]) => [group, ...SYSTEMS.map((system) => fixed(cpuOf(of(group), system), 1))])
  return table(['workload', ...SYSTEMS], rows)
}

function fanTable(groups: [string, Workload[]][], of: (group: string) => Sample[]): string {
  const rows = groups.map(([group, workloads]) => {
    const { ideal } = speedupOf(workloads, of(group))
    const cells = SYSTEMS.map((system) => {
      const elapsed = elapsedOf(of(group), system)
      return `${fixed(elapsed, 0)} (${fixed(elapsed / ideal, 2)})`
    })
    return [group, ideal.toFixed(0), ...cells]
  })
  return table(['workload', 'ideal', ...SYSTEMS], rows)
}

function fanCpuTable(groups: [string, Workload[]][], of: (group: string) => Sample[]): string {
  const rows = groups.map(([group, [workload]]) => {
    const calls = workload?.plan.calls.length ?? 1
    return [group, ...SYSTEMS.map((system) => fixed(cpuOf(of(group), system) / calls, 2))]
  })
  return table(['workload', ...SYSTEMS], rows)
}

function concurrentTable(samples: Sample[]): string {
  const rows = SYSTEMS.filter((system) => samples.some((sample) => sample.system === system)).map((system) => {
    const own = samples.filter((sample) => sample.system === system)
    const most = (pick: (sample: Sample) => number) => Math.max(...own.map(pick)).toFixed(0)
    return [
      system,
      cpuOf(own, system).toFixed(2),
      own.map((sample) => sample.used.cpuMs.toFixed(2)).join(', '),
      median(own.map((sample) => sample.medianElapsedMs)).toFixed(0),
      median(own.map((sample) => sample.elapsedMs)).toFixed(0),
      most((sample) => sample.used.rssGrowthMb),
      most((sample) => sample.used.heapGrowthMb ?? Number.NaN),
    ]
  })
  const times = ['middle run, ms', 'slowest run, ms']
  return table(
    ['', 'CPU a run, ms', 'each time', ...times, 'memory growth at its peak, MB', 'kept on the heap, MB'],
    rows,
  )
}

function correctnessTable(samples: Sample[]): string {
  const rows = SYSTEMS.filter((system) => samples.some((sample) => sample.system === system)).map((system) => {
    const own = samples.filter((sample) => sample.system === system)
    const faults = own.flatMap((sample) => sample.faults.map((fault) => `${sample.group}: ${fault}`))
    return [system, `${own.filter((sample) => sample.faults.length === 0).length} of ${own.length}`, faults[0] ?? '']
  })
  return table(['', 'correct measurements', 'first fault'], rows)
}

function goalTable(goals: Goal[]): string {
  const rows = goals.map(({ what, goal, measured, reached }) => [what, goal, measured, reached ? 'yes' : '**no**'])
  return table(['what', 'goal', 'measured', 'reached'], rows)
}

function lagTable(lags: StartLag[]): string {
  const rows = lags.map(({ format, calls, medianMs, p95Ms, worstMs, faults }) => {
    const times = [medianMs, p95Ms, worstMs].map((ms) => ms.toFixed(2))
    return [format, String(calls), ...times, faults[0] ?? '']
  })
  return table(['wire format', 'calls', 'median ms', '95 % ms', 'worst ms', 'faults'], rows)
}

function brokenTable(rows: BrokenCall[]): string {
  const cells = rows.map(({ fault, system, runs, answered, keptAll, medianMs, error }) => [
    fault,
    system,
    `${answered} of ${runs}`,
    `${keptAll} of ${runs}`,
    medianMs?.toFixed(0) ?? '–',
    error?.replace(/\s+/g, ' ').slice(0, 100) ?? '',
  ])
  return table(['the call', '', 'runs answered', 'four results kept', 'median ms', 'said'], cells)
}

/** A number that was not measured is a dash. */
const fixed = (value: number, digits: number) => (Number.isFinite(value) ? value.toFixed(digits) : '–')
const isVolley = (sample: Sample) => sample.system === 'volley'

function cpuOf(samples: Sample[], system: string): number {
  return median(samples.filter((sample) => sample.system === system).map((sample) => sample.used.cpuMs))
}

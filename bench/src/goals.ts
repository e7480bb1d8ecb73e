import type { BrokenCall } from './brokenCall.ts'
import { speedupOf } from './elapsed.ts'
import { median, type Sample } from './measure.ts'
import type { SideBySide } from './sideBySide.ts'
import type { StartLag } from './startLag.ts'

/** One figure that was set as a goal, and what was measured. */
export interface Goal {
  what: string
  goal: string
  measured: string
  reached: boolean
}

/** All goals that the results can speak of. */
export function goalsOf({
  sides,
  lag,
  broken,
}: {
  sides?: SideBySide | undefined
  lag?: StartLag[] | undefined
  broken?: BrokenCall[] | undefined
}): Goal[] {
  return [...(sides ? sideGoals(sides) : []), ...(lag ?? []).map(lagGoal), ...brokenGoals(broken ?? [])]
}

/** Against the best peer, with quick tools: there the goals can be reached. */
const FASTER: Record<string, number> = {
  'chain-5': 2.2,
  'diamond 4+2+1': 1.6,
  'random graphs of 12': 1.75,
  'two searches and a join': 1.25,
}
const OVER_IDEAL = 1.05
const FAN_OUT: Record<number, number> = { 100: 1.25, 1000: 2.2 }
const MOST_GROWTH_MB = 60

function sideGoals({ workloads, samples, concurrent }: SideBySide): Goal[] {
  const goals: Goal[] = []
  for (const [group, list] of Map.groupBy(workloads, (workload) => workload.group)) {
    const own = samples.filter((sample) => sample.group === group)
    const { overIdeal, faster } = speedupOf(list, own)
    const count = list[0]?.plan.calls.length ?? 0
    if (!group.startsWith('fan-out')) goals.push(atMost(`elapsed ÷ ideal: ${group}`, overIdeal, OVER_IDEAL, 3))
    else if (FAN_OUT[count]) goals.push(atMost(`elapsed ÷ ideal: ${group}`, overIdeal, FAN_OUT[count], 2))
    const least = FASTER[group.replace(', quick tools', '')]
    if (group.endsWith(', quick tools') && least !== undefined && Number.isFinite(faster))
      goals.push({
        what: `against the best peer: ${group}`,
        goal: `≥ ${least}×`,
        measured: `${faster.toFixed(2)}×`,
        reached: faster >= least,
      })
  }
  const requests = samples.filter(({ system }) => system === 'volley').map((sample) => sample.requests)
  if (requests.length > 0) goals.push(atMost('model requests of a run, most', Math.max(...requests), 2, 0))
  return [...goals, ...concurrentGoals(concurrent)]
}

function concurrentGoals(samples: Sample[]): Goal[] {
  const of = (system: string) => samples.filter((sample) => sample.system === system)
  const [volley, ai] = [of('volley'), of('ai')]
  if (volley.length === 0) return []
  const cpu = (list: Sample[]) => median(list.map((sample) => sample.used.cpuMs))
  const growth = Math.max(...volley.map((sample) => sample.used.rssGrowthMb))
  const runs = volley[0]?.runs
  const goals = [atMost(`${runs} runs at once: memory growth at its peak, MB`, growth, MOST_GROWTH_MB, 0)]
  if (ai.length === 0) return goals
  const words = `${runs} runs at once: CPU a run, ms, below that of ai`
  return [
    { what: words, goal: `< ${cpu(ai).toFixed(2)}`, measured: cpu(volley).toFixed(2), reached: cpu(volley) < cpu(ai) },
    ...goals,
  ]
}

function lagGoal({ format, medianMs, p95Ms }: StartLag): Goal {
  return {
    what: `start lag, ${format}: median, 95 %`,
    goal: '≤ 2 ms, ≤ 10 ms',
    measured: `${medianMs.toFixed(2)} ms, ${p95Ms.toFixed(2)} ms`,
    reached: medianMs <= 2 && p95Ms <= 10,
  }
}

function brokenGoals(rows: BrokenCall[]): Goal[] {
  return rows
    .filter(({ system }) => system === 'volley')
    .map(({ fault, runs, answered, keptAll }) => ({
      what: `one call of five ${fault}: answered, four results kept`,
      goal: 'all',
      measured: `${answered} and ${keptAll} of ${runs}`,
      reached: answered === runs && keptAll === runs,
    }))
}

/** A figure that is to be no greater. */
export function atMost(what: string, value: number, most: number, digits: number): Goal {
  return { what, goal: `≤ ${most}`, measured: value.toFixed(digits), reached: value <= most }
}

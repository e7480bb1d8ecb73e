import { median, type Sample } from './measure.ts'
import { PEERS } from './peerSystem.ts'
import { idealByLevelsMs, idealMs } from './plan.ts'
import type { Workload } from './workloads.ts'

/** Sums over a group's plans, each plan with its median: a group of one plan is that plan. NaN when the system was not measured. */
export function elapsedOf(samples: readonly Sample[], system: string): number {
  const own = samples.filter((sample) => sample.system === system)
  if (own.length === 0) return Number.NaN
  const plans = Map.groupBy(own, (sample) => sample.plan)
  return sum([...plans.values()].map((list) => median(list.map((sample) => sample.elapsedMs))))
}

/** The comparison that the goals are about: the best peer's time over Volley's, and what the two ideals allow. */
export function speedupOf(workloads: readonly Workload[], samples: readonly Sample[]) {
  const volley = elapsedOf(samples, 'volley')
  const ideal = sum(workloads.map(({ plan, pace }) => idealMs(plan, pace)))
  const byLevels = sum(workloads.map(({ plan, pace }) => idealByLevelsMs(plan, pace)))
  const peers = PEERS.map((peer) => elapsedOf(samples, peer)).filter(Number.isFinite)
  const best = peers.length > 0 ? Math.min(...peers) : Number.NaN
  return { ideal, overIdeal: volley / ideal, faster: best / volley, possible: byLevels / ideal }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

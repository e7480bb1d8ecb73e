import type { CaseScore, ScoredRun } from './caseScore.ts'
import { METRICS, type MetricName } from './metrics.ts'
import { bootstrapMean, type Estimate, wilsonRate } from './statistics.ts'

export interface SetSummary {
  cases: number
  runs: number
  /** Runs that did not succeed. */
  failed: number
  metrics: Record<MetricName, Estimate | null>
  /** What all runs cost together, where that is known of every run that succeeded. */
  totalUsd: number | null
}

/** The numbers over a set: rates of yes and no with Wilson's interval, all others with a bootstrap's. */
export function summariseScores(runs: readonly ScoredRun[], { seed = 1 }: { seed?: number } = {}): SetSummary {
  const byCase = groupByCase(runs)
  const estimate = ({ name, of }: (typeof METRICS)[number]) => {
    const values = [...byCase.values()].map((scores) => scores.map(of).filter((value) => value !== null))
    return name === 'passed' || name === 'bfcl' ? wilsonRate(values) : bootstrapMean(values, { seed })
  }
  const costs = runs.flatMap(({ score }) => (score.took ? [score.took.costUsd] : []))
  return {
    cases: byCase.size,
    runs: runs.length,
    failed: runs.filter(({ score }) => score.status !== 'succeeded').length,
    metrics: Object.fromEntries(METRICS.map((metric) => [metric.name, estimate(metric)])) as SetSummary['metrics'],
    totalUsd: costs.includes(null) ? null : costs.reduce<number>((total, cost) => total + (cost ?? 0), 0),
  }
}

export function groupByCase(runs: readonly ScoredRun[]): Map<string, CaseScore[]> {
  const byCase = new Map<string, CaseScore[]>()
  for (const { caseId, score } of runs) {
    const scores = byCase.get(caseId)
    if (scores) scores.push(score)
    else byCase.set(caseId, [score])
  }
  return byCase
}

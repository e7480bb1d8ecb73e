import type { CaseScore } from './caseScore.ts'

/** A number of a case that is looked at over a set. */
export interface Metric {
  /** As it stands in JSON. */
  name: MetricName
  label: string
  better: 'more' | 'less'
  unit: 'share' | 'count' | 'ms' | 'usd'
  /** Null where a run has no such number. */
  of(score: CaseScore): number | null
}

export type MetricName =
  | 'passed'
  | 'f1'
  | 'precision'
  | 'recall'
  | 'nameF1'
  | 'order'
  | 'sharing'
  | 'bfcl'
  | 'extra'
  | 'skipped'
  | 'callsPerTurn'
  | 'turns'
  | 'latencyMs'
  | 'inputTokens'
  | 'outputTokens'
  | 'costUsd'

const share = { better: 'more', unit: 'share' } as const
const less = { better: 'less', unit: 'count' } as const

/** All numbers of a case, in the order they are shown. */
export const METRICS: readonly Metric[] = [
  { name: 'passed', label: 'Passed', ...share, of: ({ passed }) => Number(passed) },
  { name: 'f1', label: 'Calls, F1', ...share, of: ({ calls }) => calls?.byCall.f1 ?? null },
  { name: 'precision', label: 'Calls, precision', ...share, of: ({ calls }) => calls?.byCall.precision ?? null },
  { name: 'recall', label: 'Calls, recall', ...share, of: ({ calls }) => calls?.byCall.recall ?? null },
  { name: 'nameF1', label: 'Tools by name, F1', ...share, of: ({ calls }) => calls?.byName.f1 ?? null },
  { name: 'order', label: 'Order kept', ...share, of: ({ order }) => order },
  { name: 'sharing', label: 'Turns shared', ...share, of: ({ sharing }) => sharing?.score ?? null },
  { name: 'bfcl', label: 'Leaderboard verdict', ...share, of: ({ bfcl }) => (bfcl ? Number(bfcl.valid) : null) },
  { name: 'extra', label: 'Calls too many', ...less, of: ({ calls, took }) => took && (calls?.extra.length ?? null) },
  {
    name: 'skipped',
    label: 'Calls missing',
    ...less,
    of: ({ calls, took }) => took && (calls?.skipped.length ?? null),
  },
  {
    name: 'callsPerTurn',
    label: 'Calls per turn with calls',
    better: 'more',
    unit: 'count',
    of: ({ took }) => took?.callsPerTurn ?? null,
  },
  { name: 'turns', label: 'Turns', ...less, of: ({ took }) => took?.turns ?? null },
  { name: 'latencyMs', label: 'Latency', better: 'less', unit: 'ms', of: ({ took }) => took?.latencyMs ?? null },
  { name: 'inputTokens', label: 'Tokens in', ...less, of: ({ took }) => took?.inputTokens ?? null },
  { name: 'outputTokens', label: 'Tokens out', ...less, of: ({ took }) => took?.outputTokens ?? null },
  { name: 'costUsd', label: 'Cost', better: 'less', unit: 'usd', of: ({ took }) => took?.costUsd ?? null },
]

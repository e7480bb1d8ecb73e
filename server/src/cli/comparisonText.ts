import type { Comparison } from '@volley/shared/evals/compareScores.ts'
import { METRICS, type Metric } from '@volley/shared/evals/metrics.ts'
import { shown } from './evalReport.ts'
import { onOneLine } from './print.ts'

const MOST_TOLD = 20

const WORDS = {
  better: 'better',
  worse: 'worse',
  noise: 'noise: chance alone gives as much',
  same: 'the same',
} as const

/** Two evals beside each other, for people: each number with what its difference is, then the cases that got worse. */
export function comparisonText({ metrics, cases }: Comparison): string {
  if (metrics.length === 0) return 'The two evals have no case in common.\n'
  const lines = ['Before and after:']
  for (const { metric, before, after, p, verdict } of metrics) {
    const of = METRICS.find(({ name }) => name === metric) as Metric
    const chance = verdict === 'same' ? '' : ` (p ${p < 0.001 ? '< 0.001' : p.toFixed(3)})`
    const numbers = `${shown(of, before).padStart(9)} ${shown(of, after).padStart(9)}`
    lines.push(`  ${of.label.padEnd(26)}${numbers}   ${WORDS[verdict]}${chance}`)
  }
  const lost = cases.flatMap(({ caseId, before, after }) =>
    before !== null && after !== null && after < before ? [{ caseId, before, after }] : [],
  )
  if (lost.length > 0) lines.push('', 'Worse than before, by F1 of the calls:')
  for (const { caseId, before, after } of lost.slice(0, MOST_TOLD))
    lines.push(`  ${onOneLine(caseId)}: ${before.toFixed(3)} to ${after.toFixed(3)}`)
  if (lost.length > MOST_TOLD) lines.push(`  and ${lost.length - MOST_TOLD} more`)
  return `${lines.join('\n')}\n`
}

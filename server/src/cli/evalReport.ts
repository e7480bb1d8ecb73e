import type { Comparison } from '@volley/shared/evals/compareScores.ts'
import type { GateResult } from '@volley/shared/evals/gates.ts'
import { METRICS, type Metric } from '@volley/shared/evals/metrics.ts'
import type { SetSummary } from '@volley/shared/evals/summarise.ts'
import { whyNot } from '@volley/shared/evals/whyNot.ts'
import { counted } from '@volley/shared/lib/words.ts'
import type { PlayedCase } from '../evals/playCases.ts'
import { dollars, onOneLine } from './print.ts'

/** What an eval on the command line came to. */
export interface EvalReport {
  format: 'volley.eval/1'
  flow: string
  provider: string
  model: string
  parallelism: string
  /** `mocked`: no tool was called. */
  tools: 'live' | 'mocked'
  summary: SetSummary
  gates: GateResult[]
  runs: PlayedCase[]
  /** With the eval that was given to be compared with. */
  comparison: Comparison | null
  /** How many answers no judge was asked about. */
  unjudged: number
}

const MOST_TOLD = 20

/** The report for people: numbers with their intervals, what did not pass, and the gates. */
export function evalText(report: EvalReport): string {
  const { flow, provider, model, parallelism, tools, summary, gates, runs, unjudged } = report
  const { cases, failed } = summary
  const lines = [
    onOneLine(`${flow}: ${provider} ${model}, ${parallelism}${tools === 'mocked' ? ', tools mocked' : ''}`),
    `${counted(cases, 'case')}, ${counted(summary.runs, 'run')}${failed > 0 ? `, ${failed} failed` : ''}`,
    '',
  ]
  lines.push(`  ${''.padEnd(26)}${'mean'.padStart(9)}   95 % interval`)
  for (const metric of METRICS) {
    const estimate = summary.metrics[metric.name]
    if (!estimate) continue
    const { mean, low, high } = estimate
    lines.push(
      `  ${metric.label.padEnd(26)}${shown(metric, mean).padStart(9)}   ${shown(metric, low)} to ${shown(metric, high)}`,
    )
  }
  const missed = missedCases(runs)
  if (missed.length > 0) lines.push('', 'Did not pass:')
  for (const told of missed.slice(0, MOST_TOLD)) lines.push(`  ${onOneLine(told)}`)
  if (missed.length > MOST_TOLD) lines.push(`  and ${missed.length - MOST_TOLD} more (--json tells all)`)
  if (unjudged > 0)
    lines.push(
      '',
      `${counted(unjudged, 'answer')} not judged: a simulated model is no judge. Name one in the case, or run on another.`,
    )
  if (gates.length > 0) lines.push('')
  for (const gate of gates) lines.push(gateLine(gate))
  return `${lines.join('\n')}\n`
}

/** What did not pass and why, each once; how often, where cases were repeated. */
function missedCases(runs: readonly PlayedCase[]): string[] {
  const times = new Map<string, number>()
  for (const one of runs) {
    const told = `${one.caseId}: ${whyNot(one)}`
    if (!one.score.passed) times.set(told, (times.get(told) ?? 0) + 1)
  }
  return [...times].map(([told, count]) => (count > 1 ? `${told} (${count} times)` : told))
}

export function gateLine({ name, metric, limit, value, isMet }: GateResult): string {
  const of = METRICS.find((one) => one.name === metric) as Metric
  return `${isMet ? '✓' : '✗'} --${name} ${limit}: ${value === null ? 'no case has this number' : shown(of, value)}`
}

export function shown({ unit }: Pick<Metric, 'unit'>, value: number): string {
  switch (unit) {
    case 'share':
      return value.toFixed(3)
    case 'count':
      return value >= 100 ? String(Math.round(value)) : value.toFixed(2)
    case 'ms':
      return `${Math.round(value)} ms`
    case 'usd':
      return dollars(value)
  }
}

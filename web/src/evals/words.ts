import type { EvalEntry, EvalProgress, EvalTools } from '@volley/shared/evals/api.ts'
import { noiseReason } from '@volley/shared/evals/clauseTrials.ts'
import type { Difference, MetricComparison } from '@volley/shared/evals/compareScores.ts'
import { METRICS, type Metric, type MetricName } from '@volley/shared/evals/metrics.ts'
import type { EvalVariant } from '@volley/shared/evals/variants.ts'
import { counted } from '@volley/shared/lib/words.ts'
import { metricText } from '../trace/evalNumbers.ts'
import { dollars } from '../trace/format.ts'

export const metricOf = (name: MetricName): Metric => METRICS.find((one) => one.name === name) as Metric

/** The state of an eval as the status whose colour and shape it has. */
export function statusOf({ status, error }: Pick<EvalEntry, 'status' | 'error'>): string {
  if (status === 'stopped') return error === null ? 'cancelled' : 'failed'
  return status === 'finished' ? 'succeeded' : 'running'
}

export const VERDICTS: Record<Difference, string> = {
  better: 'Better',
  worse: 'Worse',
  noise: 'Noise',
  same: 'The same',
}

export const VERDICT_TONES = {
  better: 'font-medium text-succeeded-text',
  worse: 'font-medium text-failed-text',
  noise: 'text-text-3',
  same: 'text-text-3',
} as const

/** Why a difference is called what it is called, where that needs a word. */
export const verdictReason = (compared: MetricComparison): string =>
  compared.verdict === 'noise'
    ? noiseReason(compared)
    : compared.verdict === 'same'
      ? ''
      : `${compared.differing} of ${counted(compared.cases, 'case')} ${compared.differing === 1 ? 'differs' : 'differ'}`

/** `+0.12`, `−15 %`, `0` for no difference. */
export function differenceText(metric: Metric, difference: number): string {
  if (difference === 0) return '0'
  return `${difference > 0 ? '+' : '−'}${metricText(metric, Math.abs(difference))}`
}

/** How far an eval is, in a line: `120 of 400 runs, 3 failed, about 2 min left, $0.12 so far`. */
export function progressWords({ total, done, failed, costUsd, timeLeftMs }: EvalProgress, isRunning: boolean): string {
  return [
    `${done} of ${counted(total, 'run')}`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(isRunning && timeLeftMs !== null ? [`about ${timeLeftWords(timeLeftMs)} left`] : []),
    costUsd === null ? 'cost not known' : `${dollars(costUsd)}${isRunning ? ' so far' : ''}`,
  ].join(', ')
}

/** A rough time: `20 s`, `3 min`, `2 h`. */
export function timeLeftWords(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000))
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}

/** What is read out of a running eval: each tenth of the way once, and how it ended. */
export function progressNews({
  status,
  error,
  progress: { done, total, failed },
}: Pick<EvalEntry, 'status' | 'error' | 'progress'>): string {
  if (status === 'finished') return `The eval is finished: ${counted(done, 'run')}, ${failed} failed.`
  if (status === 'stopped')
    return `The eval stopped after ${done} of ${counted(total, 'run')}.${error === null ? '' : ` ${error}`}`
  return `${Math.floor((done / Math.max(1, total)) * 10) * 10} percent done.`
}

export const TOOLS_WORDS: Record<EvalTools, { title: string; about: string }> = {
  live: {
    title: 'Live',
    about: 'Tools do what they do in any run. Calls that need an approval are refused.',
  },
  mocked: {
    title: 'Mocked',
    about: 'In place of each tool stands what it last gave in this flow, whatever it is asked.',
  },
  recorded: {
    title: 'Recorded',
    about:
      'A call gets what this flow’s tool gave for equal arguments before. One that never was made fails, and says so.',
  },
}

/** Everything about a variant, in one line. */
export const variantWords = ({ version, provider, model, parallelism, clause }: EvalVariant): string =>
  [
    `v${version}`,
    provider === 'simulated' ? `${model} (simulated)` : model,
    parallelism,
    ...(clause ? [`with “${clause.name}”`] : []),
  ].join(' · ')

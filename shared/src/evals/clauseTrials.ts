import { counted } from '../lib/words.ts'
import { type Comparison, FEWEST_DIFFERING, type MetricComparison } from './compareScores.ts'
import { METRICS, type MetricName } from './metrics.ts'
import type { Clause, EvalVariant } from './variants.ts'

/** A clause beside the same agent without it. */
export interface ClauseTrial {
  clause: Clause
  /** Places in the eval's variants: without the clause, and with it. */
  without: number
  with: number
}

/** The numbers that a clause is judged by. */
export const CLAUSE_METRICS = ['passed', 'f1', 'turns', 'callsPerTurn'] as const satisfies readonly MetricName[]
/** On these a clause must not lose, whatever it wins elsewhere. */
const GUARDED: readonly MetricName[] = ['passed', 'f1']

/** Every variant with a clause, and the one that is the same but for it. */
export function clauseTrials(variants: readonly EvalVariant[]): ClauseTrial[] {
  return variants.flatMap((variant, at) => {
    const { clause } = variant
    if (clause === null) return []
    const without = variants.findIndex(
      (one) =>
        one.clause === null &&
        one.version === variant.version &&
        one.provider === variant.provider &&
        one.model === variant.model &&
        one.parallelism === variant.parallelism,
    )
    return without < 0 ? [] : [{ clause, without, with: at }]
  })
}

/**
 * Why a clause is not worth a version, in words; null where it is: better by the chosen number beyond noise, and worse in neither
 * passed runs nor calls.
 */
export function whyNoVersion({ metrics }: Comparison, by: MetricName): string | null {
  const lost = metrics.find(({ metric, verdict }) => metric !== by && GUARDED.includes(metric) && verdict === 'worse')
  if (lost) return `Worse beyond noise by “${labelOf(lost.metric)}”: that is too dear a price.`
  const chosen = metrics.find(({ metric }) => metric === by)
  if (!chosen) return `No case has the number “${labelOf(by)}”: nothing tells whether it helps.`
  return chosen.verdict === 'better' ? null : doubtWords(chosen)
}

function doubtWords(compared: MetricComparison): string {
  const { verdict, cases, differing, metric } = compared
  switch (verdict) {
    case 'better':
      return ''
    case 'worse':
      return `Worse by “${labelOf(metric)}”, beyond noise.`
    case 'same':
      return `The same in ${cases === 1 ? 'the one case' : `all ${cases} cases`}.`
    case 'noise': {
      const more = differing < FEWEST_DIFFERING ? 'more cases' : 'more cases or repeats'
      return `Noise: ${noiseReason(compared)}; ${more} would tell.`
    }
  }
}

/** Why a difference that is there is none that counts. */
export function noiseReason({ p, cases, differing }: Pick<MetricComparison, 'p' | 'cases' | 'differing'>): string {
  return differing < FEWEST_DIFFERING
    ? `only ${differing} of ${counted(cases, 'case')} ${differing === 1 ? 'differs' : 'differ'}, and fewer than ${FEWEST_DIFFERING} can never be a difference`
    : `chance alone gives a difference as large in ${Math.round(p * 100)} of 100 tries`
}

const labelOf = (name: MetricName) => METRICS.find((one) => one.name === name)?.label ?? name

import { expect, test } from 'vitest'
import { clauseTrials, whyNoVersion } from './clauseTrials.ts'
import type { Comparison, MetricComparison } from './compareScores.ts'
import { variantsOf } from './variants.ts'

test('a clause stands beside the same agent without it, not beside another model', () => {
  const variants = variantsOf({
    versions: [{ version: 3, provider: 'simulated', model: 'simulated-1', parallelism: 'graph' }],
    models: [
      { provider: 'openai', model: 'a' },
      { provider: 'openai', model: 'b' },
    ],
    clauses: [{ name: 'Plan first', text: 'Plan.' }],
  })
  expect(clauseTrials(variants).map(({ without, with: at }) => [without, at])).toEqual([
    [0, 1],
    [2, 3],
  ])
})

test('a clause that wins beyond noise and loses nothing is worth a version', () => {
  expect(whyNoVersion(compared({ f1: { verdict: 'better' }, passed: { verdict: 'noise' } }), 'f1')).toBeNull()
})

test('a gain in turns does not make up for calls that are no longer right', () => {
  const words = whyNoVersion(compared({ turns: { verdict: 'better' }, f1: { verdict: 'worse' } }), 'turns')
  expect(words).toBe('Worse beyond noise by “Calls, F1”: that is too dear a price.')
})

test('noise is no win, and is told with its odds', () => {
  expect(whyNoVersion(compared({ f1: { verdict: 'noise', p: 0.314, differing: 9 } }), 'f1')).toBe(
    'Noise: chance alone gives a difference as large in 31 of 100 tries; more cases or repeats would tell.',
  )
})

test('too few cases that differ are named as what they are', () => {
  expect(whyNoVersion(compared({ f1: { verdict: 'noise', p: 0.25, differing: 3 } }), 'f1')).toBe(
    'Noise: only 3 of 12 cases differ, and fewer than 6 can never be a difference; more cases would tell.',
  )
})

test('without a difference, or without the number, there is nothing to keep', () => {
  expect(whyNoVersion(compared({ f1: { verdict: 'same' } }), 'f1')).toBe('The same in all 12 cases.')
  expect(whyNoVersion(compared({}), 'f1')).toBe('No case has the number “Calls, F1”: nothing tells whether it helps.')
})

function compared(metrics: Partial<Record<MetricComparison['metric'], Partial<MetricComparison>>>): Comparison {
  const usual = {
    before: 0.5,
    after: 0.6,
    difference: { mean: 0.1, low: 0, high: 0.2 },
    p: 0.01,
    cases: 12,
    differing: 8,
  }
  return {
    metrics: Object.entries(metrics).map(([metric, own]) => ({ ...usual, metric, ...own }) as MetricComparison),
    cases: [],
  }
}

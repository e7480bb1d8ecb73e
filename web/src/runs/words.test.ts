import type { Comparison } from '@volley/shared/trace/compareVersions.ts'
import { seriesOf } from '@volley/shared/trace/runStats.ts'
import { expect, test } from 'vitest'
import { findingWord, seriesWords, verdictWords, WRITTEN } from './words.ts'

test('a line is told in words: where it begins and ends, and between what it goes', () => {
  const words = (values: (number | null)[]) => seriesWords('Latency', seriesOf(values), WRITTEN.latencyMs)
  expect(words([1000, 3000, null, 500])).toBe(
    'Latency over 3 runs, oldest first: from 1.00 s to 0.50 s, between 0.50 s and 3.00 s.',
  )
  expect(words([1000])).toBe('Latency: 1.00 s, of 1 run.')
  expect(words([null])).toBe('Latency: not known of any run.')
})

test('a difference of versions is told in plain words, and so is that there are too few runs', () => {
  const told = (more: Partial<Comparison>) =>
    verdictWords({ number: 'latencyMs', before: 1000, after: 800, change: -0.2, verdict: 'clear', ...more })
  expect(told({})).toBe('20 % faster')
  expect(told({ verdict: 'unclear' })).toBe('20 % faster, but within the usual spread')
  expect(told({ verdict: 'same' })).toBe('About the same')
  expect(told({ verdict: 'few' })).toBe('Too few runs to say: 5 of each are needed')
  expect(told({ number: 'costUsd', before: 1, after: 1.5, change: 0.5 })).toBe('50 % dearer')
  expect(told({ before: null, change: null })).toBe('Not known')
  expect(findingWord('needless_edge')).toBe('Needless edge')
})

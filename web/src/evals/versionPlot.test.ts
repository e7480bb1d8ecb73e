import type { SetSummary } from '@volley/shared/evals/summarise.ts'
import type { VersionFigures } from '@volley/shared/evals/versionFigures.ts'
import { expect, test } from 'vitest'
import { plotVersions, plotWords } from './versionPlot.ts'
import { metricOf } from './words.ts'

test('a better version stands higher, its interval around it, a version without the number nowhere', () => {
  const { points, ticks } = plotVersions([version(2, 0.5), version(5, 0.9), version(6, null)], metricOf('f1'))
  expect(points.map(({ version }) => version)).toEqual([2, 5])
  const [two, five] = points
  expect(five && two && five.y < two.y && five.x > two.x && five.high < five.y && five.low > five.y).toBe(true)
  expect(ticks.map(({ text }) => text)).toEqual(['0.00', '0.50', '1.00'])
})

test('the chart can be heard', () => {
  const plot = plotVersions([version(2, 0.5)], metricOf('f1'))
  expect(plotWords(plot, metricOf('f1'))).toBe(
    'Calls, F1 by version, with 95 percent intervals: version 2 0.50, 0.40 to 0.60.',
  )
  expect(plotWords(plotVersions([], metricOf('turns')), metricOf('turns'))).toBe('Turns: no version has this number.')
})

function version(number: number, f1: number | null): VersionFigures {
  const estimate =
    f1 === null ? null : { mean: f1, low: f1 - 0.1, high: f1 + 0.1, cases: 10, method: 'bootstrap' as const }
  return {
    version: number,
    eval: { id: `e${number}`, name: 'Eval', finishedAt: '2026-11-28T10:00:00Z' },
    dataSet: { id: 'd', name: 'Cases' },
    summary: { cases: 10, runs: 10, failed: 0, totalUsd: 0, metrics: { f1: estimate } } as unknown as SetSummary,
  }
}

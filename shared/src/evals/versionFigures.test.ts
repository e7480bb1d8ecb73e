import { expect, test } from 'vitest'
import type { EvalEntry } from './api.ts'
import type { SetSummary } from './summarise.ts'
import { versionFigures } from './versionFigures.ts'

const SETS = { ports: { id: 'ports', name: 'Ports' }, news: { id: 'news', name: 'News' } }

test('each version has the figures of its newest finished eval, oldest version first', () => {
  const evals = [
    anEval('e4', { versions: [3], status: 'running' }),
    anEval('e3', { versions: [2] }),
    anEval('e2', { versions: [1, 2] }),
    anEval('e1', { versions: [1] }),
  ]
  expect(versionFigures(evals).map(({ version, eval: of }) => [version, of.id])).toEqual([
    [1, 'e2'],
    [2, 'e3'],
  ])
})

test('a version with an addition to its instructions is no version, and another data set another matter', () => {
  const evals = [
    anEval('e3', { versions: [1], clause: { name: 'Plan', text: 'Plan.' } }),
    anEval('e2', { versions: [1], set: 'news' }),
    anEval('e1', { versions: [1] }),
  ]
  expect(versionFigures(evals, { dataSetId: 'ports' }).map(({ eval: of }) => of.id)).toEqual(['e1'])
  expect(versionFigures(evals)[0]).toMatchObject({ eval: { id: 'e2' }, dataSet: { name: 'News' } })
})

function anEval(
  id: string,
  {
    versions,
    status = 'finished',
    set = 'ports',
    clause = null,
  }: {
    versions: number[]
    status?: EvalEntry['status']
    set?: keyof typeof SETS
    clause?: EvalEntry['variants'][number]['clause']
  },
): EvalEntry {
  const isOver = status === 'finished'
  return {
    id,
    name: id,
    status,
    dataSet: SETS[set],
    finishedAt: isOver ? '2026-11-28T10:00:00Z' : null,
    variants: versions.map((version) => ({
      version,
      provider: 'simulated',
      model: 'simulated-1',
      parallelism: 'graph',
      clause,
    })),
    summaries: isOver ? versions.map(() => ({ cases: 1 }) as SetSummary) : null,
  } as EvalEntry
}

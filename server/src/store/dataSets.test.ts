import { failedScore } from '@volley/shared/evals/scoreCase.ts'
import type { TestCase } from '@volley/shared/evals/testCase.ts'
import { expect, test } from 'vitest'
import { onEachStore } from '../testing/stores.ts'
import type { EvalSpec } from './evals.ts'

const aCase = (id: string): TestCase => ({ id, input: `${id}?`, expected: {} })

onEachStore((_kind, open) => {
  test('a data set keeps its cases in order, and takes all of some new ones or none', async () => {
    const { dataSets } = await open()
    const { id } = await dataSets.create({ name: 'Ports', description: '', cases: [aCase('b'), aCase('a')] })
    expect(await dataSets.add(id, [aCase('c')])).toMatchObject({ is: 'added', entry: { size: 3 } })
    expect(await dataSets.add(id, [aCase('d'), aCase('a')])).toEqual({ is: 'taken', index: 1 })
    expect(await dataSets.add('gone', [])).toEqual({ is: 'unknown' })
    expect(await dataSets.putCase(id, 'a', aCase('e'))).toBe('put')
    expect(await dataSets.putCase(id, 'b', aCase('c'))).toBe('taken')
    expect((await dataSets.get(id))?.cases.map((one) => one.id)).toEqual(['b', 'e', 'c'])
    expect(await dataSets.list()).toMatchObject([{ name: 'Ports', size: 3 }])
    expect([await dataSets.delete(id), await dataSets.delete(id), await dataSets.get(id)]).toEqual([true, false, null])
  })

  test('results of an eval are counted in the order they came, and what is to be made anew is forgotten', async () => {
    const { evals } = await open()
    const spec: EvalSpec = {
      id: 'e1',
      name: 'Tides',
      flow: { id: 'f', name: 'Harbour' },
      dataSet: { id: 'd', name: 'Ports' },
      cases: [aCase('a'), aCase('b')],
      variants: [{ version: 1, provider: 'simulated', model: 'm', parallelism: 'graph', clause: null }],
      repeats: 1,
      concurrency: 2,
      tools: 'live',
    }
    await evals.create(spec)
    expect(await evals.spec('e1')).toEqual(spec)
    expect(await evals.running()).toEqual(['e1'])
    await evals.begin('e1', { variant: 0, caseId: 'a', repeat: 1 }, 'run-a')
    await evals.begin('e1', { variant: 0, caseId: 'b', repeat: 1 }, 'run-b')
    const score = failedScore(aCase('b'))
    const result = { variant: 0, caseId: 'b', repeat: 1, runId: 'run-b', score, error: 'No.', output: null }
    await evals.score('e1', result, 40)
    expect(await evals.results('e1', 0, 10)).toEqual([{ ...result, seq: 1 }])
    expect(await evals.get('e1')).toMatchObject({
      progress: { total: 2, done: 1, failed: 1, costUsd: 0, timeLeftMs: 40 },
    })
    await evals.forget('e1', { failed: false })
    expect(await evals.begun('e1')).toMatchObject([{ caseId: 'b', isScored: true }])
    await evals.forget('e1', { failed: true })
    expect(await evals.begun('e1')).toEqual([])
    await evals.set('e1', { status: 'finished', summaries: [] })
    expect(await evals.list({ flowId: 'f' })).toMatchObject([{ status: 'finished', summaries: [] }])
    await evals.delete('e1')
    expect(await evals.list({})).toEqual([])
  })
})

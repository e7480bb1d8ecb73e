import { expect, test } from 'vitest'
import { EMPTY_PLAN, effectfulTools, planEval, requestOf } from './evalPlan.ts'

const AGENT = { version: 3, provider: 'simulated', model: 'simulated-1', parallelism: 'graph' as const }
const CASES = Array.from({ length: 40 }, (_, at) => ({
  id: `c${at + 1}`,
  input: at % 2 === 0 ? 'To Oslo?' : 'To Bergen?',
  expected: {},
}))
const SET = { name: 'Harbour', cases: CASES }
const CLAUSE = { name: 'Plan first', text: 'Plan.' }

test('what an eval comes to is said before it begins', () => {
  const planned = planEval({ ...EMPTY_PLAN, versions: [3], clauses: [CLAUSE], repeats: 3 }, SET, [AGENT])
  expect(planned.sum).toBe('2 variants × 40 cases × 3 repeats = 240 runs')
  expect(planned.problems).toEqual([])
})

test('more runs than an eval has are refused, with what to take fewer of', () => {
  const plan = { ...EMPTY_PLAN, versions: [3], models: models(20), repeats: 30 }
  expect(planEval(plan, SET, [AGENT]).problems).toEqual([
    '24,000 runs are too many: an eval has at most 20,000. Take fewer versions, models, clauses, cases or repeats.',
  ])
})

test('a search takes some of the cases, and one that finds none is told', () => {
  const plan = { ...EMPTY_PLAN, versions: [3], search: 'oslo' }
  const planned = planEval(plan, SET, [AGENT])
  expect(planned.cases).toHaveLength(20)
  expect(requestOf(plan, { flowId: 'f', dataSetId: 'd', cases: planned.cases }).caseIds).toHaveLength(20)
  expect(planEval({ ...plan, search: 'narvik' }, SET, [AGENT]).problems).toEqual([
    'The search finds no case: change it, or take all cases.',
  ])
})

test('what is left as it is, is not asked for', () => {
  expect(requestOf({ ...EMPTY_PLAN, versions: [4, 3] }, { flowId: 'f', dataSetId: 'd', cases: CASES })).toEqual({
    flowId: 'f',
    dataSetId: 'd',
    versions: [3, 4],
    repeats: 1,
    concurrency: 4,
    tools: 'live',
  })
})

test('no version, no cases, and two clauses of one name are each a sentence', () => {
  const plan = { ...EMPTY_PLAN, clauses: [CLAUSE, { ...CLAUSE, text: 'Other.' }] }
  expect(planEval(plan, { name: 'Empty', cases: [] }, []).problems).toEqual([
    'No version is chosen: take at least one.',
    '“Empty” has no cases yet: add some to it first.',
    'Two clauses are called “Plan first”: call one of them something else.',
  ])
})

test('tools that are no mocks and do not say that they only read are named', () => {
  const tool = { parameters: { type: 'object' } }
  const http = { kind: 'http', url: 'https://a.example' } as const
  expect(
    effectfulTools([
      {
        tools: [
          { ...tool, name: 'book', run: http },
          { ...tool, name: 'look', run: http, annotations: { readOnlyHint: true } },
          { ...tool, name: 'played', run: { kind: 'mock' } },
        ],
      },
    ]),
  ).toEqual(['book'])
})

const models = (number: number) => Array.from({ length: number }, (_, at) => ({ provider: 'openai', model: `m${at}` }))

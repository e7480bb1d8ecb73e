import type { MetricComparison } from '@volley/shared/evals/compareScores.ts'
import { afterEach, expect, test, vi } from 'vitest'
import { makeVersion, noteOf } from './makeVersion.ts'

const CLAUSE = { name: 'Plan first', text: 'Plan before you call.' }
const VARIANT = { version: 3, provider: 'openai', model: 'gpt-5', parallelism: 'graph', clause: null } as const
const FLOW = { format: 'volley.flow/1', name: 'Harbour', agent: { system: 'You know ports.' } }

afterEach(() => vi.unstubAllGlobals())

test('the version that was measured gets the clause, saved only if none is newer, and a note', async () => {
  const asked = answering({
    'GET /api/flows/f/versions/3': [200, { version: 3, flow: FLOW }],
    'PUT /api/flows/f': [200, { version: 4 }],
    'PUT /api/flows/f/versions/4/note': [200, {}],
  })
  expect(await makeVersion('f', 3, CLAUSE, 'It helps.')).toEqual({ is: 'made', version: 4 })
  expect(asked.map(({ how, body, ifMatch }) => [how, body?.agent?.system ?? body?.note, ifMatch])).toEqual([
    ['GET', undefined, undefined],
    ['PUT', 'You know ports.\n\nPlan before you call.', '3'],
    ['PUT', 'It helps.', undefined],
  ])
})

test('where the flow has moved on nothing is saved', async () => {
  answering({
    'GET /api/flows/f/versions/3': [200, { version: 3, flow: FLOW }],
    'PUT /api/flows/f': [412, { error: { code: 'precondition_failed', message: 'Version 5 is newer.' } }],
  })
  expect(await makeVersion('f', 3, CLAUSE, 'It helps.')).toEqual({ is: 'moved' })
})

test('a clause that stands there already is not put in twice', async () => {
  const there = { ...FLOW, agent: { system: 'Plan before\nyou call.' } }
  answering({ 'GET /api/flows/f/versions/3': [200, { version: 3, flow: there }] })
  expect(await makeVersion('f', 3, CLAUSE, 'It helps.')).toEqual({
    is: 'refused',
    because: 'The clause stands in the instructions of version 3 already.',
  })
})

test('the note names the clause, its numbers, and what they were measured with', () => {
  const numbers = { difference: { mean: 0.25, low: 0.1, high: 0.4 }, cases: 40, differing: 12 }
  const metrics: MetricComparison[] = [
    { ...numbers, metric: 'passed', before: 0.5, after: 0.75, p: 0.012, verdict: 'better' },
    { ...numbers, metric: 'turns', before: 2, after: 2, p: 1, verdict: 'same' },
  ]
  expect(noteOf(CLAUSE, { eval: 'Lab', dataSet: 'Departures', variant: VARIANT }, metrics)).toBe(
    'Clause “Plan first” added to v3. Passed 50 % to 75 % (better, p 0.012); Turns 2.00 to 2.00. Measured on 40 cases of “Departures” with gpt-5, eval “Lab”.',
  )
})

/** A server that gives these answers; tells what it was asked. */
function answering(answers: Record<string, [status: number, body: unknown]>) {
  const asked: {
    how: string
    body: { agent?: { system: string }; note?: string } | undefined
    ifMatch: string | undefined
  }[] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const how = init.method ?? 'GET'
    const headers = init.headers as Record<string, string>
    asked.push({ how, body: init.body ? JSON.parse(String(init.body)) : undefined, ifMatch: headers['if-match'] })
    const [status, body] = answers[`${how} ${path}`] ?? [500, {}]
    return new Response(JSON.stringify(body), { status })
  })
  return asked
}

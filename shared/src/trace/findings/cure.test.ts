import { expect, test } from 'vitest'
import type { Flow } from '../../flow/flow.ts'
import { parseFlow } from '../../flow/parse.ts'
import { clauseOf } from '../../flow/promptClauses.ts'
import { applyCure, type Cure, clauseCure, cureTitle } from './cure.ts'

const flow: Flow = {
  format: 'volley.flow/1',
  name: 'Harbour desk',
  description: '',
  agent: { provider: 'simulated', model: 'simulated-1', system: 'Be brief.', parallelism: 'serial' },
  tools: [
    { name: 'tides', parameters: { type: 'object' }, run: { kind: 'http', url: 'https://tides.example/' } },
    { name: 'book', parameters: { type: 'object' }, run: { kind: 'mock' }, policy: { approval: 'always', retries: 1 } },
  ],
  edges: [
    { from: 'tides', to: 'book', kind: 'order' },
    { from: 'tides', to: 'book', kind: 'data' },
  ],
  layout: {},
  notes: [],
}

const CURES: [Cure, string, (flow: Flow) => unknown, unknown][] = [
  [
    { change: 'remove_edge', from: 'tides', to: 'book', kind: 'order' },
    'Remove the edge tides → book',
    ({ edges }) => edges,
    [{ from: 'tides', to: 'book', kind: 'data' }],
  ],
  [
    { change: 'raise_limit', limit: 'concurrency', value: 60 },
    'Allow 60 calls at once',
    ({ agent }) => agent.limits,
    { concurrency: 60 },
  ],
  [
    { change: 'raise_policy', tool: 'book', policy: 'timeoutMs', value: 60_000 },
    'Give book 60 s',
    ({ tools }) => tools[1]?.policy,
    { approval: 'always', retries: 1, timeoutMs: 60_000 },
  ],
  [
    { change: 'set_hint', tool: 'tides', hint: 'readOnlyHint', value: true },
    'Mark tides as read-only',
    ({ tools }) => tools[0]?.annotations,
    { readOnlyHint: true },
  ],
  [
    { change: 'set_cache', tool: 'tides', cache: 'run' },
    'Let equal calls of tides share one result',
    ({ tools }) => tools[0]?.policy,
    { cache: 'run' },
  ],
  [
    { change: 'set_approval', tool: 'book', approval: 'never' },
    'Ask no approval for book',
    ({ tools }) => tools[1]?.policy,
    { approval: 'never', retries: 1 },
  ],
  [
    { change: 'set_parallelism', parallelism: 'graph' },
    'Set parallelism to graph',
    ({ agent }) => agent.parallelism,
    'graph',
  ],
  [
    { change: 'add_clause', clause: 'no-repeats' },
    'Add to the instructions: Do not repeat calls',
    ({ agent }) => agent.system,
    `Be brief.\n\n${clauseOf('no-repeats').text}`,
  ],
]

test.each(CURES)('%j changes that and nothing else, once', (cure, title, part, expected) => {
  expect(cureTitle(cure)).toBe(title)
  const cured = applyCure(flow, cure)
  if (!cured.ok) throw new Error(cured.error.message)
  expect(part(cured.value)).toEqual(expected)
  expect(parseFlow(cured.value, { checkSchema: () => [] })).toMatchObject({ ok: true })
  const again = applyCure(cured.value, cure)
  expect(again).toMatchObject({ ok: false, error: { is: 'done', message: expect.stringMatching(/\.$/) } })
})

test('a cap that is higher than the cure, or gone, stays as it is', () => {
  const capped = { ...flow, agent: { ...flow.agent, limits: { concurrency: 64 } } }
  expect(applyCure(capped, { change: 'raise_limit', limit: 'concurrency', value: 40 })).toMatchObject({ ok: false })
  const cure: Cure = { change: 'raise_policy', tool: 'tides', policy: 'concurrency', value: 4 }
  expect(applyCure(flow, cure)).toMatchObject({ ok: false, error: { is: 'done' } })
})

test('a tool that was renamed since is named with the reason', () => {
  const renamed = { ...flow, tools: flow.tools.filter((tool) => tool.name !== 'tides'), edges: [] }
  for (const cure of [
    { change: 'remove_edge', from: 'tides', to: 'book', kind: 'order' },
    { change: 'set_cache', tool: 'tides', cache: 'run' },
  ] satisfies Cure[])
    expect(applyCure(renamed, cure)).toEqual({
      ok: false,
      error: {
        is: 'gone',
        message: 'This flow has no tool "tides" now: it was renamed or removed since the run.',
      },
    })
})

test('the clause that is offered is one the instructions do not hold yet', () => {
  const [first, second] = [clauseOf('plan-first'), clauseOf('independent-at-once')]
  const says = (system: string) => clauseCure({ ...flow, agent: { ...flow.agent, system } }, first.id, second.id)
  expect(says('Be brief.')).toMatchObject({ cure: { clause: first.id } })
  expect(says(first.text)).toMatchObject({ cure: { clause: second.id } })
  expect(says(`${first.text}\n${second.text}`)).toEqual({})
})

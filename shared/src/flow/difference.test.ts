import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differenceOf, differenceOfDocuments, isSameToRuns } from './difference.ts'
import { differenceWords } from './differenceWords.ts'
import { type Flow, flowSchema } from './flow.ts'

const flow = (more: object = {}): Flow =>
  flowSchema.parse({
    format: 'volley.flow/1',
    name: 'Tides',
    agent: { provider: 'simulated', model: 's', system: 'Tell tides.', settings: { temperature: 0 } },
    tools: ['tide', 'wind'].map((name) => ({
      name,
      parameters: { type: 'object', properties: { port: { type: 'string' } } },
      run: { kind: 'mock' },
    })),
    edges: [{ from: 'tide', to: 'wind', kind: 'order' }],
    ...more,
  })

test('what differs is told part by part and field by field', () => {
  const { tools, agent } = flow()
  const after = flow({
    agent: { ...agent, system: 'Tell tides briefly.', settings: { temperature: 1 } },
    tools: [
      {
        ...tools[1],
        parameters: { type: 'object', properties: { port: { type: 'integer' }, day: { type: 'string' } } },
      },
      { ...tools[0], name: 'moon' },
    ],
    edges: [{ from: 'moon', to: 'wind', kind: 'data' }],
    layout: { moon: { x: 1, y: 2 } },
  })
  expect(differenceOf(flow(), after)).toEqual({
    prompt: { before: 'Tell tides.', after: 'Tell tides briefly.' },
    settings: [{ field: 'agent.settings.temperature', before: 0, after: 1 }],
    tools: [
      { name: 'tide', is: 'removed' },
      {
        name: 'wind',
        is: 'changed',
        fields: [
          { field: 'parameters.properties.port.type', before: 'string', after: 'integer' },
          { field: 'parameters.properties.day', before: undefined, after: { type: 'string' } },
        ],
      },
      { name: 'moon', is: 'added' },
    ],
    edges: [
      { name: 'tide → wind', is: 'removed', from: 'tide', to: 'wind', kind: 'order' },
      { name: 'moon → wind', is: 'added', from: 'moon', to: 'wind', kind: 'data' },
    ],
    isCanvasChanged: true,
  })
})

test('what differs is said in a few words', () => {
  const { tools, agent } = flow()
  const [tide, wind] = tools
  const after = flow({
    agent: { ...agent, system: 'Briefly.', limits: { turns: 3 } },
    tools: [{ ...tide, description: 'Tides.' }, wind, { ...wind, name: 'moon' }],
    edges: [],
    layout: { moon: { x: 1, y: 2 } },
  })
  expect(differenceWords(differenceOf(flow(), after))).toEqual([
    'instructions',
    'agent.limits',
    'tide (description)',
    'moon (added)',
    'tide → wind (removed)',
    'the look of the canvas',
  ])
  expect(differenceWords(differenceOf(after, after))).toEqual([])
})

test('moving things, and the order of tools, is nothing to a run', () => {
  const { tools } = flow()
  const moved = differenceOf(flow(), flow({ tools: tools.toReversed(), layout: { tide: { x: 9, y: 9 } } }))
  expect([isSameToRuns(moved), moved.isCanvasChanged]).toEqual([true, true])
  expect(differenceOfDocuments({ format: 'none' }, flow())).toBeNull()
})

test('there and back say the same, with the sides changed', () => {
  const name = fc.constantFrom('a', 'b', 'c')
  const document = fc
    .record({
      system: fc.string(),
      names: fc.uniqueArray(name),
      text: fc.string(),
      kind: fc.constantFrom('order', 'data'),
    })
    .map(({ system, names, text, kind }) =>
      flow({
        agent: { provider: 'simulated', model: 's', system },
        tools: names.map((one) => ({ name: one, description: text, parameters: {}, run: { kind: 'mock' } })),
        edges: names.slice(1).map((to) => ({ from: names[0], to, kind })),
      }),
    )
  fc.assert(
    fc.property(document, document, (one, other) => {
      const [there, back] = [differenceOf(one, other), differenceOf(other, one)]
      expect(there.prompt?.before).toBe(back.prompt?.after)
      const sides = { added: 'removed', removed: 'added', changed: 'changed' } as const
      const turned = back.tools.map(({ name: tool, is }) => `${tool} ${sides[is]}`).sort()
      expect(there.tools.map(({ name: tool, is }) => `${tool} ${is}`).sort()).toEqual(turned)
      expect(isSameToRuns(differenceOf(one, one))).toBe(true)
    }),
  )
})

import { expect, test } from 'vitest'
import { renameTool, setAgent, updateTool } from '../edit.ts'
import { type Flow, flowSchema } from '../flow.ts'
import { document, type Loose, parametersOf, problemsOf, tool } from '../testDocument.ts'
import { mergeFlows } from './mergeFlows.ts'

const flow = (more: Loose = {}): Flow => flowSchema.parse(document(more))
const BASE = flow()
const described = (name: string, description: string) => (from: Flow) =>
  updateTool(from, name, (one) => ({ ...one, description }))

/** What is asked, in short: where, and what mine and theirs say. */
const asked = (base: Flow, mine: Flow, theirs: Flow) =>
  mergeFlows(base, mine, theirs).conflicts.map((one) => [one.label, one.mine, one.theirs])

test('fields of one tool, of its policy and of its parameters are merged each for itself', () => {
  const [tides, berths] = [tool('tides'), tool('berths')]
  const mine = flow({ tools: [{ ...tides, description: 'Mine.', policy: { retries: 1 } }, berths] })
  const theirs = flow({
    tools: [{ ...tides, policy: { timeoutMs: 5 }, parameters: parametersOf('place', 'day') }, berths],
  })
  const { flow: merged, conflicts } = mergeFlows(BASE, mine, theirs)
  expect(conflicts).toEqual([])
  expect(merged.tools[0]).toEqual({
    ...tides,
    description: 'Mine.',
    policy: { retries: 1, timeoutMs: 5 },
    parameters: parametersOf('place', 'day'),
  })
})

test('one field that both changed is asked about, with its place, and decided as told', () => {
  const [mine, theirs] = [described('tides', 'Mine.')(BASE), described('tides', 'Theirs.')(BASE)]
  const { flow: kept, conflicts } = mergeFlows(BASE, mine, theirs)
  expect(conflicts).toEqual([
    {
      pointer: '/tools/tides/description',
      label: 'Tool tides: description',
      because: null,
      base: undefined,
      mine: 'Mine.',
      theirs: 'Theirs.',
    },
  ])
  expect(kept).toEqual(mine)
  expect(mergeFlows(BASE, mine, theirs, new Set(['/tools/tides/description'])).flow).toEqual(theirs)
})

test('a tool that was renamed takes along what the other side did to it and drew at it', () => {
  const renamed = renameTool(BASE, 'tides', 'tide_table')
  if (!renamed.ok) throw new Error(renamed.error)
  const theirs = { ...described('tides', 'Theirs.')(BASE), layout: { tides: { x: 7, y: 7 } } }
  const { flow: merged, conflicts } = mergeFlows(BASE, renamed.value, theirs)
  expect(conflicts).toEqual([])
  expect(merged.tools[0]).toMatchObject({ name: 'tide_table', description: 'Theirs.' })
  expect(merged.edges).toEqual([{ from: 'tide_table', to: 'berths', kind: 'data' }])
  expect(merged.layout).toEqual({ tide_table: { x: 7, y: 7 } })
})

test('a tool that each side renamed is asked about once, and stays one tool', () => {
  const [mine, theirs] = ['moon', 'sea'].map((name) => renameTool(BASE, 'tides', name))
  if (!mine?.ok || !theirs?.ok) throw new Error('a name is taken')
  expect(asked(BASE, mine.value, theirs.value)).toEqual([['Tool tides: name', 'moon', 'sea']])
  expect(mergeFlows(BASE, mine.value, theirs.value).flow).toEqual(mine.value)
  expect(mergeFlows(BASE, mine.value, theirs.value, new Set(['/tools/tides/name'])).flow).toEqual(theirs.value)
})

test('a deleted tool is gone with its edges, unless the other side changed it or drew an edge at it', () => {
  const mine = flow({ tools: [tool('berths')], edges: [] })
  const moved = { ...BASE, layout: { tides: { x: 7, y: 7 } } }
  expect(mergeFlows(BASE, mine, moved)).toEqual({ flow: mine, conflicts: [] })

  const changed = described('tides', 'Theirs.')(BASE)
  const [conflict] = mergeFlows(BASE, mine, changed).conflicts
  expect(conflict).toMatchObject({ pointer: '/tools/tides', label: 'Tool tides, Edge tides → berths', mine: undefined })
  expect(mergeFlows(BASE, mine, changed, new Set(['/tools/tides'])).flow).toMatchObject({
    edges: [{ from: 'tides', to: 'berths' }],
  })

  const drawn = { ...BASE, edges: [...BASE.edges, { from: 'berths', to: 'tides', kind: 'data' as const }] }
  expect(asked(BASE, mine, drawn)).toHaveLength(1)
})

test('a name that both gave to different new tools is asked about', () => {
  const [mine, theirs] = ['mine', 'theirs'].map((result) =>
    flow({ tools: [...BASE.tools, tool('moon', { run: { kind: 'mock', result } })] }),
  )
  expect(asked(BASE, mine as Flow, theirs as Flow)).toEqual([['Tool moon', mine?.tools[2], theirs?.tools[2]]])
})

test('how a tool runs is merged field by field among one kind alone', () => {
  const http = (more: Loose) => flow({ tools: [tool('tides', { run: { kind: 'http', ...more } })], edges: [] })
  const base = http({ url: 'https://a.example', headers: { Accept: 'text/plain' } })
  const mine = http({ url: 'https://b.example', headers: { Accept: 'text/plain' } })
  const theirs = http({ url: 'https://a.example', headers: { Accept: 'text/plain', 'X-Day': '1' } })
  expect(mergeFlows(base, mine, theirs).flow.tools[0]?.run).toMatchObject({
    url: 'https://b.example',
    headers: { Accept: 'text/plain', 'X-Day': '1' },
  })
  const mocked = flow({ tools: [tool('tides')], edges: [] })
  expect(asked(base, mocked, theirs).map(([label]) => label)).toEqual(['Tool tides: run'])
})

test('a provider and its model are one thing', () => {
  const mine = setAgent(BASE, { provider: 'openai', model: 'gpt' })
  const theirs = setAgent(BASE, { model: 'simulated-2', system: 'Theirs.' })
  expect(asked(BASE, mine, theirs)).toEqual([
    ['Model', { provider: 'openai', model: 'gpt' }, { provider: 'simulated', model: 'simulated-2' }],
  ])
  expect(mergeFlows(BASE, mine, theirs).flow.agent).toEqual({ provider: 'openai', model: 'gpt', system: 'Theirs.' })
})

test('changes that only together make no good flow are asked about, with the reason', () => {
  const apart = flow({ edges: [] })
  const mine = flow({ edges: [{ from: 'tides', to: 'berths', kind: 'order' }] })
  const theirs = flow({ edges: [{ from: 'berths', to: 'tides', kind: 'order' }] })
  const [circle] = mergeFlows(apart, mine, theirs).conflicts
  expect(circle?.label).toBe('Edges berths → tides and tides → berths')
  expect(circle?.because).toContain('lies on the cycle')
  expect(mergeFlows(apart, mine, theirs).flow).toEqual(mine)

  const mapped = flow({ edges: [{ from: 'tides', to: 'berths', kind: 'data', map: { place: 'name' } }] })
  const gone = flow({ tools: [tool('tides'), tool('berths', { parameters: parametersOf('dock') })] })
  const [parameter] = mergeFlows(BASE, mapped, gone).conflicts
  expect(parameter?.label).toBe('Tool berths, Edge tides → berths')
  expect(parameter?.because).toContain('"berths" has no parameter "place"')
})

test('decisions for both sides can fit badly, which the check of the document tells', () => {
  const apart = flow({ edges: [] })
  const withMoon = (parameter: string) =>
    flow({
      tools: [...BASE.tools, tool('moon', { parameters: parametersOf(parameter) })],
      edges: [{ from: 'tides', to: 'moon', kind: 'data', map: { [parameter]: 'name' } }],
    })
  const mixed = mergeFlows(apart, withMoon('phase'), withMoon('day'), new Set(['/edges/tides → moon'])).flow
  expect(problemsOf(mixed).map(({ message }) => message)).toEqual(['"moon" has no parameter "day": it has "phase".'])
})

test('two new notes under one id are two notes', () => {
  const noted = (text: string) => flow({ notes: [{ id: 'n1', x: 0, y: 0, text }] })
  const { flow: merged, conflicts } = mergeFlows(BASE, noted('Mine.'), noted('Theirs.'))
  expect(conflicts).toEqual([])
  expect(merged.notes.map(({ text }) => text)).toEqual(['Mine.', 'Theirs.'])
  expect(new Set(merged.notes.map(({ id }) => id)).size).toBe(2)
})

test('whatever both moved is one question', () => {
  const at = (x: number) => ({ ...BASE, layout: { tides: { x, y: 0 }, berths: { x, y: 9 } } })
  expect(asked(at(0), at(1), at(2)).map(([label]) => label)).toEqual(['Places of berths and tides'])
})

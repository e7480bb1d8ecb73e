import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Flow, flowSchema } from '../flow.ts'
import { type AnEdit, applyEdit, EDIT_NUMBERS, editOf, faultsOf } from '../testEdits.ts'
import { type Conflict, mergeFlows } from './mergeFlows.ts'

const WEATHER: Flow = flowSchema.parse({
  format: 'volley.flow/1',
  name: 'Weather',
  agent: { provider: 'simulated', model: 'm', system: 'Plan.', settings: { temperature: 1 } },
  tools: ['geo', 'weather', 'score', 'a-b'].map((name) => ({
    name,
    description: `Does ${name}.`,
    parameters: { type: 'object', properties: { lat: { type: 'number' }, lon: { type: 'number' } }, required: ['lat'] },
    run: { kind: 'mock', result: name },
  })),
  edges: [
    { from: 'geo', to: 'weather', kind: 'data', map: { lat: 'lat' } },
    { from: 'weather', to: 'score', kind: 'order' },
    { from: 'geo', to: 'a-b', kind: 'data' },
  ],
  layout: { geo: { x: 0, y: 0 }, weather: { x: 1, y: 0 } },
  groups: [{ id: 'g1', name: 'Sky', tools: ['weather', 'score'] }],
  notes: [{ id: 'n1', x: 0, y: 0, text: 'Note' }],
})

const anEdit = fc.array(fc.nat(), { minLength: EDIT_NUMBERS, maxLength: EDIT_NUMBERS }).map(editOf)
const edited = (flow: Flow, steps: readonly AnEdit[]) => steps.reduce(applyEdit, flow)
const edits = (maxLength: number) => fc.array(anEdit, { maxLength })

/** A flow, and what two people made of it. */
const twoSides = fc
  .tuple(edits(4), edits(20), edits(20))
  .map(([before, mine, theirs]) => [edited(WEATHER, before), mine, theirs] as const)
  .map(([base, mine, theirs]) => ({ base, mine: edited(base, mine), theirs: edited(base, theirs) }))

const pointersOf = (conflicts: readonly Conflict[]) => new Set(conflicts.map(({ pointer }) => pointer))

test('what one side alone changed is the merged flow, to the letter', () => {
  fc.assert(
    fc.property(twoSides, ({ base, mine }) => {
      expect(mergeFlows(base, mine, base)).toEqual({ flow: mine, conflicts: [] })
      expect(mergeFlows(base, base, mine)).toEqual({ flow: mine, conflicts: [] })
    }),
    { numRuns: 200 },
  )
})

test('what both sides changed alike is no conflict', () => {
  fc.assert(
    fc.property(twoSides, ({ base, mine }) => {
      expect(mergeFlows(base, mine, mine)).toEqual({ flow: mine, conflicts: [] })
    }),
    { numRuns: 200 },
  )
})

test('who stands on the other side sees the same conflicts, mirrored', () => {
  const told = (conflicts: readonly Conflict[]) =>
    Object.fromEntries(conflicts.map(({ pointer, because: _because, ...rest }) => [pointer, rest]))
  fc.assert(
    fc.property(twoSides, ({ base, mine, theirs }) => {
      const { conflicts } = mergeFlows(base, mine, theirs)
      const back = mergeFlows(base, theirs, mine).conflicts
      expect(told(back.map((one) => ({ ...one, mine: one.theirs, theirs: one.mine })))).toEqual(told(conflicts))
    }),
    { numRuns: 300 },
  )
})

test('of two good flows comes a good flow, whichever side all conflicts are decided for', () => {
  fc.assert(
    fc.property(twoSides, ({ base, mine, theirs }) => {
      const { flow, conflicts } = mergeFlows(base, mine, theirs)
      expect(faultsOf(flow)).toEqual([])
      const other = mergeFlows(base, mine, theirs, pointersOf(conflicts))
      expect(faultsOf(other.flow)).toEqual([])
      expect(other.conflicts).toEqual(conflicts)
    }),
    { numRuns: 500 },
  )
})

test('changes in different places both survive, as if made one after the other', () => {
  const editsOf = (tool: string, ...whats: string[]) =>
    fc.array(
      anEdit.map((edit) => ({ ...edit, one: tool, what: whats[Math.abs(edit.number) % whats.length] ?? '' })),
      { maxLength: 8 },
    )
  const own = editsOf('geo', 'describe', 'policy', 'param', 'remove-param', 'require', 'move', 'prompt', 'variable')
  const other = editsOf('score', 'describe', 'policy', 'param', 'rename-param', 'move', 'title', 'setting', 'note')
  fc.assert(
    fc.property(own, other, (mine, theirs) => {
      const merged = mergeFlows(WEATHER, edited(WEATHER, mine), edited(WEATHER, theirs))
      expect(merged).toEqual({ flow: edited(WEATHER, [...mine, ...theirs]), conflicts: [] })
    }),
    { numRuns: 300 },
  )
})

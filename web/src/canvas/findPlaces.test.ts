import { expect, test } from 'vitest'
import { EMPTY_FLOW } from '../state/flowStore.ts'
import { excerpt, keyOfPlace, placeWords } from './findPlaces.ts'

test('an excerpt shows the words among their neighbours, and says where something is left out', () => {
  expect(excerpt({ text: 'geo', start: 0, end: 3 })).toEqual({ before: '', found: 'geo', after: '' })
  const long = `${'a'.repeat(40)}geo${'b'.repeat(60)}`
  expect(excerpt({ text: long, start: 40, end: 43 })).toEqual({
    before: `…${'a'.repeat(18)}`,
    found: 'geo',
    after: `${'b'.repeat(34)}…`,
  })
})

test('a place is told by what it is and whose', () => {
  const flow = { ...EMPTY_FLOW, notes: [{ id: 'n7', x: 0, y: 0, text: 'geo' }] }
  const place = { parameter: null, text: 'geo', start: 0, end: 3 }
  expect(placeWords(flow, { ...place, kind: 'system', owner: { is: 'agent' } })).toBe('system prompt of the agent')
  expect(keyOfPlace(flow, { ...place, kind: 'note', owner: { is: 'note', at: 0 } })).toBe('note:n7')
  expect(keyOfPlace(flow, { ...place, kind: 'name', owner: { is: 'tool', at: 4 } })).toBeNull()
})

import { addNote, addTool, newTool } from '@volley/shared/flow/edit.ts'
import { expect, test } from 'vitest'
import { EMPTY_FLOW } from '../state/flowStore.ts'
import { AGENT, noteKey } from '../state/sessionStore.ts'
import { nameOf, stepLabel } from './stepNames.ts'

const flow = addNote(
  ['geo', 'news'].reduce((before, name) => addTool(before, newTool('mock', name), { x: 0, y: 0 }), EMPTY_FLOW),
  { id: 'n1', x: 0, y: 0, text: '' },
)

test.each([
  [['geo'], 'geo'],
  [['geo', 'news'], '2 tools'],
  [[noteKey('n1')], 'the note'],
  [['geo', 'news', noteKey('n1')], '2 tools and 1 note'],
  [[AGENT], 'the agent'],
  [[AGENT, 'geo'], '1 tool and 1 other'],
])('what a step is about: %j is called %s', (keys, words) => {
  expect(nameOf(flow, keys)).toBe(words)
})

test('undo says what it takes back, and nothing where there is nothing', () => {
  expect(stepLabel('Undo', { name: 'Add geo' })).toBe('Undo: Add geo')
  expect(stepLabel('Undo', undefined)).toBeNull()
})

import type { SavedFlow } from '@volley/shared/api.ts'
import { expect, test } from 'vitest'
import { shownFlows } from './shownFlows.ts'

const aFlow = (name: string, tools: string[], updatedAt: string): SavedFlow => ({
  id: name,
  version: 1,
  createdAt: updatedAt,
  updatedAt,
  flow: {
    format: 'volley.flow/1',
    name,
    agent: { provider: 'simulated', model: 's' },
    tools: tools.map((tool) => ({ name: tool, parameters: {}, run: { kind: 'mock' } })),
  },
})
const FLOWS = [
  aFlow('Tides 10', ['read_tides'], '2026-01-03T00:00:00Z'),
  aFlow('Tides 2', ['read_tides', 'warn_ships'], '2026-01-01T00:00:00Z'),
  aFlow('Ferries', ['book', 'pay', 'print'], '2026-01-02T00:00:00Z'),
]
const shown = (words: string, order: 'changed' | 'name' | 'tools') =>
  shownFlows(FLOWS, { words, order }).map(({ id }) => id)

test('the list is ordered by the last change, by name as people count, or by size', () => {
  expect(shown('', 'changed')).toEqual(['Tides 10', 'Ferries', 'Tides 2'])
  expect(shown('', 'name')).toEqual(['Ferries', 'Tides 2', 'Tides 10'])
  expect(shown('', 'tools')).toEqual(['Ferries', 'Tides 2', 'Tides 10'])
})

test('every word must be found, in the name or in a tool', () => {
  expect(shown('tides WARN', 'name')).toEqual(['Tides 2'])
  expect(shown('pay', 'name')).toEqual(['Ferries'])
  expect(shown('submarine', 'name')).toEqual([])
})

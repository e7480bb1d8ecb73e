import type { Edge, Tool } from '@volley/shared/flow/flow.ts'
import { expect, test } from 'vitest'
import { neighbourOf, stepsOf } from './stepsOf.ts'

const tools = (...names: string[]) => names.map((name) => ({ name }) as Tool)
const edge = (from: string, to: string): Edge => ({ from, to, kind: 'order' })
const words = (steps: ReturnType<typeof stepsOf>) => steps.map((one) => one.tools.map((tool) => tool.name).join(' '))

test('what waits for none comes first, then what waits for that', () => {
  const flow = {
    tools: tools('book', 'geocode', 'score', 'rate'),
    edges: [edge('geocode', 'score'), edge('rate', 'score'), edge('score', 'book')],
  }
  expect(words(stepsOf(flow))).toEqual(['geocode rate', 'score', 'book'])
})

test('tools on a circle of data edges stand in the list like any other', () => {
  const circle: Edge[] = [
    { from: 'a', to: 'b', kind: 'data' },
    { from: 'b', to: 'a', kind: 'data' },
  ]
  expect(words(stepsOf({ tools: tools('a', 'b'), edges: circle }))).toEqual(['a b'])
})

test('a tool changes places within its step alone', () => {
  const steps = stepsOf({ tools: tools('a', 'b', 'c'), edges: [edge('a', 'c')] })
  expect(neighbourOf(steps, 'a', 1)).toBe('b')
  expect(neighbourOf(steps, 'a', -1)).toBe(null)
  expect(neighbourOf(steps, 'c', 1)).toBe(null)
})

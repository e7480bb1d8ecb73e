import { describe, expect, test } from 'vitest'
import { edgeWords } from './edgeWords.ts'
import { type Edge, FLOW_FORMAT, type Flow, type Parallelism } from './flow.ts'

const flowWith = (edges: Edge[], parallelism: Parallelism = 'graph'): Flow => ({
  format: FLOW_FORMAT,
  name: 'f',
  description: '',
  agent: { provider: 'simulated', model: 'm', parallelism },
  tools: ['check_budget', 'book'].map((name) => ({ name, parameters: {}, run: { kind: 'mock' } })),
  edges,
  layout: {},
  notes: [],
})
const words = (edge: Edge, parallelism?: Parallelism, others: Edge[] = []) =>
  edgeWords(flowWith([edge, ...others], parallelism), edge).join(' ')
const order: Edge = { from: 'check_budget', to: 'book', kind: 'order' }
const data: Edge = { ...order, kind: 'data' }

describe('an edge says', () => {
  test('who waits, and what a failure means', () => {
    expect(words(order)).toBe(
      'book waits for every check_budget of the same turn. If one fails, book is skipped, and the model is told why.',
    )
    expect(words({ ...order, onFailure: 'continue' })).toContain('If one fails, book goes on all the same.')
  })

  test('that references narrow what is waited for', () => {
    expect(words(data)).toContain('that book waits only for the calls it refers to')
    expect(words(data)).toContain('A book that refers to none waits for every check_budget')
  })

  test('that on a circle only references make a call wait', () => {
    const circle = words(data, 'graph', [{ from: 'book', to: 'check_budget', kind: 'data' }])
    expect(circle).toContain('does not wait')
    expect(circle).not.toContain('waits for every')
  })

  test('what its map takes, and hides from the model', () => {
    const mapped = words({ ...data, map: { sum: 'left', currency: 'unit' }, onFailure: 'continue' })
    expect(mapped).toContain('takes sum and currency from one call of check_budget')
    expect(mapped).toContain('does not see sum and currency')
    expect(mapped).toContain('is skipped: there is no value to take')
  })

  test('what it comes to where values do not flow, or nothing runs side by side', () => {
    expect(words({ ...data, map: { sum: 'left' } }, 'batch')).toContain('only orders calls. book waits for every')
    expect(words(order, 'serial')).toContain('the edge does nothing')
  })
})

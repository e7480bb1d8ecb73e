import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { idealByLevelsMs, idealMs, nextCalls, type Plan, requestsByLevels } from './plan.ts'

interface Entry {
  id: string
  calls: { n: number; tool: string; deps: number[]; duration_ms: number }[]
  ideal: { one_turn_dag_eager_ms: number; model_turns: { parallel_level_per_turn: number } }
}

const DATA = path.join(import.meta.dirname, '../data')
const entriesOf = (file: string) =>
  readFileSync(path.join(DATA, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Entry)
const PACE = { firstTokenMs: 600, perCallMs: 160, answerMs: 1620 }

for (const file of ['movie.jsonl', 'parallelqa.jsonl'])
  test(`the ideal of each plan of ${file} is the one that the data set gives`, () => {
    for (const { id, calls, ideal } of entriesOf(file)) {
      const plan: Plan = {
        name: id,
        edges: 'data',
        calls: calls.map(({ n, tool, deps, duration_ms }) => ({ n, tool, deps, durationMs: duration_ms })),
      }
      assert.equal(idealMs(plan, PACE), ideal.one_turn_dag_eager_ms, id)
      assert.equal(requestsByLevels(plan), ideal.model_turns.parallel_level_per_turn, id)
    }
  })

const CHAIN: Plan = {
  name: 'chain',
  edges: 'data',
  calls: [1, 2, 3].map((n) => ({ n, tool: `step_${n}`, deps: n === 1 ? [] : [n - 1], durationMs: 100 })),
}

test('a chain takes one message where calls can be ordered, and a message a call where they cannot', () => {
  const pace = { firstTokenMs: 200, perCallMs: 0, answerMs: 200 }
  assert.equal(idealMs(CHAIN, pace), 200 + 300 + 200)
  assert.equal(idealByLevelsMs(CHAIN, pace), 3 * (200 + 100) + 200)
})

test('along order edges a call waits for the end of the message', () => {
  const pace = { firstTokenMs: 100, perCallMs: 100, answerMs: 0 }
  assert.equal(idealMs(CHAIN, pace), 500)
  assert.equal(idealMs({ ...CHAIN, edges: 'order' }, pace), 600)
})

test('the model that orders by levels writes only calls whose dependencies are answered', () => {
  const numbers = (answered: number[]) => nextCalls(CHAIN, 'levels', new Set(answered)).map(({ n }) => n)
  assert.deepEqual([numbers([]), numbers([1]), numbers([1, 2]), numbers([1, 2, 3])], [[1], [2], [3], []])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Execution, faultsOf } from './check.ts'
import { type Plan, resultOf } from './plan.ts'

const PLAN: Plan = {
  name: 'pair',
  edges: 'data',
  calls: [
    { n: 1, tool: 'look', deps: [], durationMs: 10 },
    { n: 2, tool: 'use', deps: [1], durationMs: 10 },
  ],
}
const FIRST: Execution = { n: 1, inputs: [], startedAt: 0, endedAt: 10 }
const SECOND: Execution = { n: 2, inputs: ['value-1'], startedAt: 10, endedAt: 20 }
const RETURNED = [1, 2].map((n) => ({ n, text: JSON.stringify(resultOf(n)) }))

test('a run in which everything happened once and in order has no fault', () => {
  assert.deepEqual(faultsOf(PLAN, [FIRST, SECOND], RETURNED), [])
})

test('a call that ran twice, too early, with a wrong value or not at all is found', () => {
  assert.deepEqual(faultsOf(PLAN, [FIRST, FIRST, SECOND], RETURNED), ['call 1 was executed 2 times'])
  assert.deepEqual(faultsOf(PLAN, [FIRST, { ...SECOND, startedAt: 9 }], RETURNED), [
    'call 2 started before call 1 had ended',
  ])
  assert.deepEqual(faultsOf(PLAN, [FIRST, { ...SECOND, inputs: ['value-7'] }], RETURNED), [
    'call 2 was given ["value-7"]',
  ])
  assert.deepEqual(faultsOf(PLAN, [FIRST], RETURNED), ['call 2 was not executed'])
})

test('a result that is missing, wrong or given back twice is found', () => {
  const [first, second] = RETURNED as [(typeof RETURNED)[0], (typeof RETURNED)[0]]
  const faults = (returned: typeof RETURNED) => faultsOf(PLAN, [FIRST, SECOND], returned)
  assert.deepEqual(faults([first]), ['the result of call 2 was not given back'])
  assert.deepEqual(faults([first, { n: 2, text: 'null' }]), ['the result of call 2 was given back as null'])
  assert.deepEqual(faults([first, second, second]), ['the result of call 2 was given back 2 times'])
})

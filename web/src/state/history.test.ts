import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canRedo, canUndo, record, redo, seal, startHistory, undo } from './history.ts'

test('undo takes back one step, redo brings it again', () => {
  const history = record(record(startHistory('a'), 'One', 'b'), 'Two', 'c')
  expect(undo(history).present).toBe('b')
  expect(redo(undo(history)).present).toBe('c')
  expect(undo(undo(undo(history))).present).toBe('a')
})

test('steps with one key are one step, until it is sealed', () => {
  let history = record(record(startHistory(0), 'Drag', 1, 'drag'), 'Drag', 2, 'drag')
  expect(undo(history).present).toBe(0)
  history = record(seal(history), 'Drag', 3, 'drag')
  expect(undo(history).present).toBe(2)
})

test('a growing step is called as it was called last', () => {
  const history = record(record(startHistory(0), 'Move geo', 1, 'drag'), 'Put geo between a and b', 2, 'drag')
  expect(history.past.map((step) => step.name)).toEqual(['Put geo between a and b'])
})

test('a new step forgets what was undone', () => {
  const history = record(undo(record(startHistory(0), 'One', 1)), 'Two', 2)
  expect(canRedo(history)).toBe(false)
  expect(undo(history).present).toBe(0)
})

test('as many undos as steps lead back to the start, as many redos to the end', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 40 }), (values) => {
      const start = startHistory(-1)
      let history = values.reduce((now, value) => record(now, 'Step', value), start)
      const end = history.present
      let steps = 0
      while (canUndo(history)) {
        history = undo(history)
        steps++
      }
      expect(history.present).toBe(-1)
      for (let step = 0; step < steps; step++) history = redo(history)
      expect(history.present).toBe(end)
    }),
  )
})

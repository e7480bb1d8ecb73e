import { expect, test } from 'vitest'
import { record, redo, startHistory, undo } from '../state/history.ts'
import { editNews } from './editNews.ts'

const BLANK = startHistory(0)
const added = record(BLANK, 'Add geocode', 1)

test('a step is told by its name, and when it is undone and redone', () => {
  expect(editNews(BLANK, added)).toBe('Add geocode.')
  expect(editNews(added, undo(added))).toBe('Undone: Add geocode.')
  expect(editNews(undo(added), redo(undo(added)))).toBe('Redone: Add geocode.')
})

test('what is typed or dragged is not told, nor is nothing', () => {
  expect(editNews(added, record(added, 'Move', 2, 'drag'))).toBe('')
  expect(editNews(added, added)).toBe('')
})

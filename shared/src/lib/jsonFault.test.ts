import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonFault } from './jsonFault.ts'

test.each([
  ['{\n  "a": 1,\n  "b": ]\n}', 3, 8, 'a value should stand here'],
  ['{"a": 1,}', 1, 9, 'a name in double quotes should stand here'],
  ['{"a" 1}', 1, 6, 'a colon should stand here'],
  ['[1 2]', 1, 4, 'a comma or the closing bracket should stand here'],
  ['{a: 1}', 1, 2, 'a name in double quotes, or } should stand where "a" does'],
  ["{'a': 1}", 1, 2, 'texts stand in double quotes'],
  ['{"a": tru}', 1, 7, 'a value should stand where "t" does'],
  ['{"a": "x\n"}', 1, 7, 'this text is never closed, or holds a character that must be escaped'],
  ['{"a": {\n', 2, 1, 'it ends where a name in double quotes, or } should follow'],
  ['{"a": 1] ', 1, 8, 'a comma or the closing bracket should stand here'],
  ['1 2', 1, 3, 'nothing more should stand here'],
  ['', 1, 1, 'it ends where a value should follow'],
])('%j breaks in line %i, column %i', (text, line, column, reason) => {
  expect(jsonFault(text)).toEqual({ line, column, reason })
})

test('every JSON text has no fault, and one that was cut short or spoiled has its fault inside the text', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', ':', 'x', '\n'), (text, place, noise) => {
      expect(jsonFault(text)).toBeNull()
      const at = place % (text.length + 1)
      const spoiled = text.slice(0, at) + noise
      const fault = jsonFault(spoiled)
      if (!fault) return
      const lines = spoiled.split('\n')
      expect(fault.line).toBeLessThanOrEqual(lines.length)
      expect(fault.column).toBeLessThanOrEqual((lines[fault.line - 1]?.length ?? 0) + 1)
      // What stands before the fault could go on to be JSON: the fault is not told too late.
      expect(fault.reason).not.toBe('')
    }),
  )
})

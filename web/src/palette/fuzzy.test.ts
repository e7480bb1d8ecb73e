import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fuzzyMatch } from './fuzzy.ts'

const best = (words: string, texts: string[]) =>
  texts
    .map((text) => ({ text, match: fuzzyMatch(text, words) }))
    .filter(({ match }) => match !== null)
    .sort((one, other) => (other.match?.score ?? 0) - (one.match?.score ?? 0))
    .map(({ text }) => text)

test('a few letters find a line, in their order', () => {
  expect(fuzzyMatch('get_forecast', 'gfc')?.positions).toEqual([0, 4, 8])
  expect(fuzzyMatch('get_forecast', 'cfg')).toBeNull()
  expect(fuzzyMatch('anything', '')).toEqual({ score: expect.any(Number), positions: [] })
})

test('words as they were typed go before scattered letters, and beginnings of words before their middles', () => {
  expect(best('tidy', ['Take it, David, yes', 'Untidy', 'Tidy up'])).toEqual([
    'Tidy up',
    'Untidy',
    'Take it, David, yes',
  ])
  expect(best('zs', ['Resize shapes', 'Zoom to selection'])[0]).toBe('Zoom to selection')
})

test('words may stand in any order', () => {
  expect(fuzzyMatch('Align left sides', 'left align')?.positions).toEqual([0, 1, 2, 3, 4, 6, 7, 8, 9])
})

test('the marked letters are the typed ones, and a part of a text always finds it', () => {
  const aText = fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom(...'abcDE_ -1') })
  fc.assert(
    fc.property(aText, fc.nat(29), fc.nat(29), (text, one, other) => {
      const part = text.slice(Math.min(one, other), Math.max(one, other))
      const match = fuzzyMatch(text, part)
      expect(match).not.toBeNull()
      const letters = new Set(part.toLowerCase().replaceAll(/\s/g, ''))
      for (const at of match?.positions ?? []) expect(letters.has((text[at] ?? '').toLowerCase())).toBe(true)
    }),
  )
})

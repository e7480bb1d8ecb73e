import { expect, test } from 'vitest'
import { copyName, shortenBetweenWords } from './words.ts'

test('a text is cut between words, so that a key in it is there whole or not at all', () => {
  const text = `${'x '.repeat(20)}sk-very/long+key== and more`
  for (let length = 1; length < text.length; length++) {
    const shown = shortenBetweenWords(text, length)
    expect(shown.length).toBeLessThanOrEqual(length + 1)
    expect(shown.includes('sk-') && !shown.includes('sk-very/long+key==')).toBe(false)
  }
  expect(shortenBetweenWords('short', 40)).toBe('short')
})

test('a copy has a name of its own, also a copy of a copy', () => {
  expect(copyName('Ferries', ['Ferries'])).toBe('Copy of Ferries')
  const names = ['Ferries', 'Copy of Ferries']
  expect(copyName('Ferries', names)).toBe('Copy of Ferries 2')
  expect(copyName('Copy of Ferries', names)).toBe('Copy of Ferries 2')
})

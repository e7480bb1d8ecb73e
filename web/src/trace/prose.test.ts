import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Block, proseOf, type Words } from './prose.ts'

test('paragraphs, strong words, lists and code are told apart', () => {
  expect(proseOf('**Sunny** in `Rome`.\n\n- one\n- two\n\n1. first\n```json\n{ "a": 1 }\n```\n# End')).toEqual([
    {
      kind: 'paragraph',
      words: [
        { as: 'strong', text: 'Sunny' },
        { as: 'plain', text: ' in ' },
        { as: 'code', text: 'Rome' },
        { as: 'plain', text: '.' },
      ],
    },
    { kind: 'list', ordered: false, items: [[{ as: 'plain', text: 'one' }], [{ as: 'plain', text: 'two' }]] },
    { kind: 'list', ordered: true, items: [[{ as: 'plain', text: 'first' }]] },
    { kind: 'code', text: '{ "a": 1 }' },
    { kind: 'headline', words: [{ as: 'plain', text: 'End' }] },
  ])
})

test('a text that is still growing is drawn as far as it goes', () => {
  expect(proseOf('```\nlet a')).toEqual([{ kind: 'code', text: 'let a' }])
  expect(proseOf('**not yet')).toEqual([{ kind: 'paragraph', words: [{ as: 'plain', text: '**not yet' }] }])
})

test('soft words are told from names and products', () => {
  const words = (text: string) => {
    const [block] = proseOf(text)
    return block && 'words' in block ? block.words.map((word) => `${word.as}:${word.text}`) : []
  }
  expect(words('_All of it_, *really*')).toEqual(['soft:All of it', 'plain:, ', 'soft:really'])
  expect(words('get_the_forecast of 2 * 3 * 4')).toEqual(['plain:get_the_forecast of 2 * 3 * 4'])
})

test('HTML and pictures stay the text they are', () => {
  const text = '<img src=x onerror=alert(1)> ![x](https://example.com/x.png)'
  expect(proseOf(text)).toEqual([{ kind: 'paragraph', words: [{ as: 'plain', text }] }])
})

test('no word is ever lost', () => {
  const piece = fc.constantFrom('rain', '**', '`', '\n', '- ', '1. ', '```', '# ', ' ', '\n\n', 'sun')
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('')
      const count = (value: string) => value.match(/rain|sun/g)?.length ?? 0
      // The line that opens a code block names a language, which is not drawn.
      const drawn = text.replace(/^```.*$/gm, '')
      expect(count(proseOf(text).map(textOf).join(' '))).toBeGreaterThanOrEqual(count(drawn))
    }),
  )
})

function textOf(block: Block): string {
  const said = (words: Words) => words.map((word) => word.text).join('')
  if (block.kind === 'code') return block.text
  return block.kind === 'list' ? block.items.map(said).join(' ') : said(block.words)
}

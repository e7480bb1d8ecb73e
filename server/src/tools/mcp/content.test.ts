import { describe, expect, test } from 'vitest'
import { contentFault, errorText, readContent } from './content.ts'

const text = (words: string) => ({ type: 'text', text: words })
const picture = (data: string) => ({ type: 'image', mimeType: 'image/png', data })

describe('a result', () => {
  test('is the structured content where there is some, null and false included', () => {
    expect(readContent({ content: [text('{"a":1}')], structuredContent: { a: 1 } })).toEqual({ result: { a: 1 } })
    expect(readContent({ content: [], structuredContent: null })).toEqual({ result: null })
  })

  test('is its texts else, and JSON only where the tool declares what it gives', () => {
    expect(readContent({ content: [text('one'), text('two')] })).toEqual({ result: 'one\ntwo' })
    expect(readContent({ content: [text('{"a":1}')] })).toEqual({ result: '{"a":1}' })
    expect(readContent({ content: [text('{"a":1}')] }, { declaresOutput: true })).toEqual({ result: { a: 1 } })
    expect(readContent({ content: [text('no json')] }, { declaresOutput: true })).toEqual({ result: 'no json' })
    expect(readContent({})).toEqual({ result: '' })
  })

  test('keeps parts that are no text, in order, and notes stand for them before the model', () => {
    const parts = [
      text('Here:'),
      picture('AAAA'),
      { type: 'resource', resource: { uri: 'file:///a.txt', text: 'inside' } },
    ]
    const { result, shown } = readContent({ content: parts })
    expect(result).toEqual({
      content: [
        text('Here:'),
        { type: 'image', mimeType: 'image/png', bytes: 3, data: 'AAAA' },
        { type: 'resource', uri: 'file:///a.txt', text: 'inside' },
      ],
    })
    expect(shown).toBe(
      'Here:\n[image: image/png, 3 bytes; kept in the trace, not shown here]\n[resource file:///a.txt]\ninside',
    )
  })

  test('leaves out data beyond 5 MB, says so, and counts it', () => {
    const { result, shown } = readContent({ content: [picture('A'.repeat(4_000_000)), picture('A'.repeat(4_000_000))] })
    expect(result).toMatchObject({ content: [{ bytes: 3_000_000, data: expect.any(String) }, { bytes: 3_000_000 }] })
    expect(JSON.stringify(result).length).toBeLessThan(4_100_000)
    expect(shown).toContain('3000000 bytes; not kept]')
  })
})

test('an error says what the server said, or that it said nothing', () => {
  expect(errorText({ content: [text('no wind'), picture('AAAA')] })).toMatch(/^no wind\n\[image: image\/png, 3 bytes/)
  expect(errorText({})).toBe('The tool failed without saying why.')
})

test('what is nested without measure, or in parts without number, is not taken in', () => {
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
  expect(contentFault({ content: [text('fine')], structuredContent: JSON.parse(deep(500)) })).toBeNull()
  let structuredContent: unknown = 1
  for (let level = 0; level < 100_000; level++) structuredContent = [structuredContent]
  expect(contentFault({ structuredContent })).toMatch(/deeper than 500/)
  expect(contentFault({ content: [{ type: 'odd', inner: structuredContent }] })).toMatch(/deeper than 500/)
  expect(contentFault({ content: Array(10_000).fill(text('x')) })).toBeNull()
  expect(contentFault({ content: Array(10_001).fill(text('x')) })).toMatch(/10001 parts/)
  // JSON inside a text, which no check of the message sees, stays the text that it is.
  expect(readContent({ content: [text(deep(100_000))] }, { declaresOutput: true }).result).toBe(deep(100_000))
})

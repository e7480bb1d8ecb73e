import { expect, test } from 'vitest'
import { aFlow, aTool, resumeWith, runWith } from '../testing/runWith.ts'
import type { ResultForModel, ToolOutcome } from './ports.ts'

/** A picture as a tool gives it; `letters` of data, so many pixels high. */
function aPicture(letters = 40, height = 3) {
  const head = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\0', 'latin1')
  head.writeUInt32BE(height, 20)
  const data = head.toString('base64').padEnd(letters - (letters % 4), 'A')
  return { type: 'image', mimeType: 'image/png', bytes: (data.length / 4) * 3, data }
}
const text = (words: string) => ({ type: 'text', text: words })
const gives = (...content: object[]): ToolOutcome => ({ ok: true, result: { content }, shown: 'in words' })
const draw = aTool('draw', { run: { kind: 'mcp', server: 'studio', tool: 'draw' } })

/** What the model was told of its calls in its last request. */
async function toldOf(outcomes: ToolOutcome[], tool = draw): Promise<ResultForModel[]> {
  const { requests } = await runWith(scene(outcomes, tool))
  return (requests.at(-1)?.messages ?? []).flatMap((message) => (message.role === 'results' ? message.results : []))
}
const scene = (outcomes: ToolOutcome[], tool = draw) => ({
  flow: aFlow([tool]),
  turns: [...outcomes.map((_, n) => ({ calls: [{ tool: tool.name, arguments: { n } }] })), { text: 'Done.' }],
  tools: {
    [tool.name]: (_given: object, nth: number) => ({ outcome: outcomes[nth - 1] as ToolOutcome }),
  },
})
const words = ({ parts = [] }: ResultForModel) =>
  parts.map((part) => (part.type === 'text' ? part.text : `<${part.picture.width}x${part.picture.height}>`))

test('words and pictures of a tool of an MCP server stand in their order, and the words alone beside them', async () => {
  const [told] = await toldOf([gives(text('one'), aPicture(), { type: 'audio', bytes: 9, data: 'AAAA' }, text('two'))])
  expect(words(told as ResultForModel)).toEqual([
    'one',
    '<2x3>',
    '[audio: 9 bytes; kept in the trace, not shown here]',
    'two',
  ])
  expect(told?.text).toBe('in words')
})

test('a result is data: what looks like pictures stays text, from other tools and where no words came beside it', async () => {
  const http = aTool('draw', { run: { kind: 'http', url: 'https://studio.example' } })
  expect(await toldOf([gives(aPicture())], http)).toMatchObject([{ text: 'in words' }])
  for (const [outcome, tool] of [
    [gives(aPicture()), http],
    [{ ok: true, result: { content: [aPicture()] } }, draw],
    [gives({ ...aPicture(), data: undefined }), draw],
    [gives({ ...aPicture(), data: '***' }), draw],
    [gives(text(aPicture().data)), draw],
  ] as [ToolOutcome, typeof draw][])
    expect((await toldOf([outcome], tool))[0]).not.toHaveProperty('parts')
})

test('the words are cut at the limit of the tool, the pictures are not', async () => {
  const short = { ...draw, policy: { maxResultChars: 10 } }
  const [told] = await toldOf([gives(text('12345678'), aPicture(), text('abcdef'), aPicture(), text('gone'))], short)
  expect(words(told as ResultForModel)).toEqual([
    '12345678',
    '<2x3>',
    'ab\n[cut here: 8 of 18 characters left out]',
    '<2x3>',
  ])
})

test('a picture too large or too long is a note, and of very many the newest are given', async () => {
  const large = await toldOf([gives(aPicture(5 * 1024 * 1024 + 4), aPicture(40, 8001), aPicture(40, 8000))])
  expect(words(large[0] as ResultForModel)).toEqual([
    expect.stringContaining('[image: image/png, '),
    expect.stringContaining('[image: image/png, '),
    '<2x8000>',
  ])
  const many = await toldOf([gives(aPicture(), aPicture()), gives(...Array.from({ length: 19 }, () => aPicture()))])
  expect(many.map((told) => words(told).filter((word) => word === '<2x3>').length)).toEqual([1, 19])
  expect(words(many[0] as ResultForModel)[1]).toBe('<2x3>')
  const heavy = await toldOf(Array.from({ length: 5 }, () => gives(aPicture(5 * 1024 * 1024))))
  expect(heavy.map((told) => told.parts !== undefined)).toEqual([false, true, true, true, true])
})

test('a run taken up after a crash asks with the same pictures', async () => {
  const given = scene([gives(text('one'), aPicture())])
  const whole = await runWith(given)
  const end = whole.events.findIndex((event) => event.type === 'call.succeeded') + 1
  const resumed = await resumeWith(given, whole.events.slice(0, end))
  expect(resumed.requests.at(-1)?.messages).toEqual(whole.requests.at(-1)?.messages)
})

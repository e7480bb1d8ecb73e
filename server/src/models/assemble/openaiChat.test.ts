import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assemble, summaryOf } from '../testing/events.ts'
import { createOpenaiChatAssembler } from './openaiChat.ts'

interface Piece {
  index?: unknown
  id?: string | null
  name?: string | null
  text?: unknown
}

const chunk = (delta: object, finish: string | null = null) => ({
  choices: [{ index: 0, delta, finish_reason: finish }],
})
const chunkOf = (pieces: Piece[]) =>
  chunk({
    tool_calls: pieces.map(({ index, id, name, text }) => ({ index, id, function: { name, arguments: text } })),
  })
const calls = (...pieces: Piece[]) => chunkOf(pieces)
const end = (reason = 'tool_calls') => chunk({}, reason)
const read = (...events: unknown[]) => summaryOf(assemble(createOpenaiChatAssembler('the model'), events))
const argumentsOf = (...events: unknown[]) =>
  read(...events).calls.map(({ tool, argumentsText }) => [tool, argumentsText])

test('a call is given the moment the JSON of its arguments closes', () => {
  const assembler = createOpenaiChatAssembler('the model')
  assembler.push(calls({ index: 0, id: 'a', name: 'geocode', text: '{"city": "}{' }))
  expect(assembler.push(calls({ index: 0, text: '\\"}"' }))).toEqual([])
  expect(assembler.push(calls({ index: 0, text: '}' }))).toEqual([
    { type: 'call', id: 'a', tool: 'geocode', argumentsText: '{"city": "}{\\"}"}', complete: true },
  ])
})

test('pieces of parallel calls may be interleaved in any way', () => {
  const texts = fc.array(
    fc.jsonValue().map((value) => JSON.stringify({ value })),
    { minLength: 1, maxLength: 6 },
  )
  fc.assert(
    fc.property(
      texts,
      fc.infiniteStream(fc.nat()),
      fc.infiniteStream(fc.integer({ min: 1, max: 5 })),
      (whole, picks, sizes) => {
        const left = [...whole]
        const heads = whole.map((_text, index) => calls({ index, id: `id${index}`, name: `tool${index}`, text: '' }))
        const pieces: unknown[] = []
        while (left.some((text) => text !== '')) {
          const index = (picks.next().value as number) % left.length
          const size = sizes.next().value as number
          if (left[index] === '') continue
          pieces.push(calls({ index, text: left[index]?.slice(0, size) }))
          left[index] = left[index]?.slice(size) ?? ''
        }
        expect(argumentsOf(...heads, ...pieces, end())).toEqual(whole.map((text, index) => [`tool${index}`, text]))
      },
    ),
  )
})

test('calls are given in the order in which the model began them', () => {
  const said = argumentsOf(
    calls({ index: 0, id: 'a', name: 'first', text: '' }, { index: 1, id: 'b', name: 'second', text: '{}' }),
    calls({ index: 0, text: '{"late": true}' }),
    end(),
  )
  expect(said).toEqual([
    ['first', '{"late": true}'],
    ['second', '{}'],
  ])
})

test.each([
  ['missing', undefined],
  ['huge', 4_000_000_000],
  ['negative', -1],
  ['a text', 'zero'],
])('an index may be %s', (_what, index) => {
  const said = argumentsOf(
    calls({ index, id: 'a', name: 'geocode', text: '{"n":' }),
    calls({ index, text: '1}' }),
    calls({ index, id: 'b', name: 'geocode', text: '{"n":2}' }),
    end(),
  )
  expect(said).toEqual([
    ['geocode', '{"n":1}'],
    ['geocode', '{"n":2}'],
  ])
})

test('a new id on the same index is a new call', () => {
  const said = read(
    calls({ index: 0, id: 'a', name: 'f', text: '{}' }),
    calls({ index: 0, id: 'b', name: 'f', text: '{}' }),
    end(),
  )
  expect(said.calls.map(({ id }) => id)).toEqual(['a', 'b'])
})

test('whole calls without ids on one index are calls of their own', () => {
  const whole = (n: number) => calls({ index: 0, name: 'f', text: `{"n":${n}}` })
  expect(argumentsOf(whole(1), whole(2), end())).toEqual([
    ['f', '{"n":1}'],
    ['f', '{"n":2}'],
  ])
})

test('one id on two indexes stands for two calls', () => {
  const said = read(
    calls({ index: 0, id: 'same', name: 'f', text: '{"n":1}' }, { index: 1, id: 'same', name: 'f', text: '{"n":2}' }),
    end(),
  )
  expect(said.calls.map(({ argumentsText }) => argumentsText)).toEqual(['{"n":1}', '{"n":2}'])
})

test('an id made up anew for every piece does not tear a call apart', () => {
  expect(
    argumentsOf(
      calls({ index: 0, id: 'x1', name: 'f', text: '{"n"' }),
      calls({ index: 0, id: 'x2', text: ':1}' }),
      end(),
    ),
  ).toEqual([['f', '{"n":1}']])
})

test('calls that share an index are told apart by their ids, piece by piece', () => {
  const said = argumentsOf(
    calls({ index: 0, id: 'a', name: 'f', text: '' }, { index: 0, id: 'b', name: 'g', text: '' }),
    calls({ index: 0, id: 'a', text: '{"n":' }, { index: 0, id: 'b', text: '{"n":' }),
    calls({ index: 0, id: 'b', text: '2}' }, { index: 0, id: 'a', text: '1}' }),
    end(),
  )
  expect(said).toEqual([
    ['f', '{"n":1}'],
    ['g', '{"n":2}'],
  ])
})

test('a head that is repeated in every piece changes nothing', () => {
  const piece = (text: string) => calls({ index: 0, id: 'a', name: 'f', text })
  expect(argumentsOf(piece(''), piece('{"n"'), piece(':1}'), piece(''), end())).toEqual([['f', '{"n":1}']])
})

test('null, empty names and objects in place of texts are taken for what they are', () => {
  const said = read(
    calls({ index: 0, id: 'a', name: 'f', text: null }),
    calls({ index: 0, id: null, name: '', text: '{}' }),
    calls({ index: 1, id: 'b', name: 'g', text: { n: 1 } }),
    end(),
  )
  expect(said.calls.map(({ tool, argumentsText }) => [tool, argumentsText])).toEqual([
    ['f', '{}'],
    ['g', '{"n":1}'],
  ])
})

test('arguments that were never begun stay empty, and those that never close come as they are', () => {
  expect(
    argumentsOf(calls({ index: 0, id: 'a', name: 'f' }, { index: 1, id: 'b', name: 'g', text: '[1' }), end()),
  ).toEqual([
    ['f', ''],
    ['g', '[1'],
  ])
})

test('text in the same piece after the closed object spoils the call before it is given', () => {
  expect(argumentsOf(calls({ index: 0, id: 'a', name: 'f', text: '{}}' }), end())).toEqual([['f', '{}}']])
})

test('text that comes after a call was given spoils it, white space does not', () => {
  const events = assemble(createOpenaiChatAssembler('the model'), [
    calls({ index: 0, id: 'a', name: 'f', text: '{"n":1}' }, { index: 1, id: 'b', name: 'g', text: '{}' }),
    calls({ index: 0, text: ' \n' }, { index: 1, text: '\n{"again":' }),
    end(),
  ])
  expect(events.filter(({ type }) => type === 'spoiled')).toEqual([
    { type: 'spoiled', call: 2, argumentsText: '{}\n{"again":' },
  ])
})

test('at the token limit an unfinished call comes incomplete, right before the end', () => {
  const said = read(
    calls({ index: 0, id: 'a', name: 'f', text: '{}' }, { index: 1, id: 'b', name: 'g', text: '{"half' }),
    end('length'),
  )
  expect([said.incomplete, said.stopReason]).toEqual([['g'], 'length'])
})

test('a filter and a refusal are told with their reason', () => {
  expect(read(end('content_filter')).stopReason).toBe('filter')
  const refused = read(chunk({ refusal: 'I will ' }), chunk({ refusal: 'not.' }), end('stop'))
  expect([refused.stopReason, refused.reason]).toEqual(['refusal', 'I will not.'])
})

test('the stop reason says whether there are calls, whatever the server called it', () => {
  expect(read(calls({ index: 0, id: 'a', name: 'f', text: '{}' }), end('stop')).stopReason).toBe('calls')
  expect(read(chunk({ content: 'Hello' }), end('tool_calls')).stopReason).toBe('end')
})

test('a stream without its end is broken and asked again, an error event too', () => {
  const broken = read(calls({ index: 0, id: 'a', name: 'f', text: '{"n"' }))
  expect(broken.broken).toMatchObject({ retry: true, problem: { code: 'stream' } })
  expect(broken.calls).toEqual([])
  const failed = read({ error: { message: 'The server had an error', type: 'server_error' } }, end())
  expect(failed.broken).toMatchObject({ retry: true, problem: { code: 'provider' } })
  expect(failed.last).toBe('broken')
})

test('usage comes with its cached part', () => {
  const usage = { prompt_tokens: 100, completion_tokens: 7, prompt_tokens_details: { cached_tokens: 64 } }
  expect(read(end('stop'), { choices: [], usage }).usage).toEqual({
    inputTokens: 100,
    outputTokens: 7,
    cachedTokens: 64,
  })
})

test('anything at all is survived', () => {
  const odd = fc.oneof(
    fc.anything(),
    fc.record({ choices: fc.anything() }),
    fc.record({
      choices: fc.array(fc.record({ index: fc.anything(), delta: fc.anything(), finish_reason: fc.anything() })),
    }),
    fc
      .array(fc.record({ index: fc.anything(), id: fc.anything(), function: fc.anything() }))
      .map((list) => chunk({ tool_calls: list })),
  )
  fc.assert(
    fc.property(fc.array(odd), (events) => {
      const said = assemble(createOpenaiChatAssembler('the model'), events)
      expect(['finished', 'broken']).toContain(said.at(-1)?.type)
    }),
  )
})

test('a hundred thousand calls and a megabyte of tiny pieces take a moment, not a minute', () => {
  const began = performance.now()
  const one = (at: number) => ({ index: at * 1_000_003, id: `i${at}`, name: 'f', text: '{}' })
  expect(read(chunkOf(Array.from({ length: 100_000 }, (_call, at) => one(at))), end()).calls).toHaveLength(100_000)
  const tiny = Array.from({ length: 300_000 }, () => calls({ index: 0, text: 'aaa' }))
  const head = calls({ index: 0, id: 'a', name: 'f', text: '{"t":"' })
  const long = summaryOf(
    assemble(createOpenaiChatAssembler('the model'), [head, ...tiny, calls({ index: 0, text: '"}' }), end()]),
  )
  expect(long.calls[0]?.argumentsText).toHaveLength(900_008)
  expect(performance.now() - began).toBeLessThan(8_000)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assemble, summaryOf } from '../testing/events.ts'
import { createAnthropicAssembler } from './anthropic.ts'

const start = (index: unknown, content_block: object) => ({ type: 'content_block_start', index, content_block })
const use = (index: unknown, id: string, name = 'f', more: object = {}) =>
  start(index, { type: 'tool_use', id, name, input: {}, ...more })
const json = (index: unknown, partial_json: string) => ({
  type: 'content_block_delta',
  index,
  delta: { type: 'input_json_delta', partial_json },
})
const delta = (index: unknown, part: object) => ({ type: 'content_block_delta', index, delta: part })
const stop = (index: unknown) => ({ type: 'content_block_stop', index })
const end = (stop_reason: string, details: object = {}) => [
  { type: 'message_delta', delta: { stop_reason, ...details }, usage: { output_tokens: 9 } },
  { type: 'message_stop' },
]
const read = (...events: unknown[]) => summaryOf(assemble(createAnthropicAssembler('the model'), events))

test('a call is given at the stop of its block', () => {
  const assembler = createAnthropicAssembler('the model')
  assembler.push(use(0, 'a'))
  expect(assembler.push(json(0, '{"n":1}'))).toEqual([])
  expect(assembler.push(stop(0))).toEqual([
    { type: 'call', id: 'a', tool: 'f', argumentsText: '{"n":1}', complete: true },
  ])
})

test('blocks may be interleaved, with indexes of any kind', () => {
  const said = read(
    use(7_000_000_000, 'a'),
    use('x', 'b'),
    json('x', '{"n":2'),
    json(7_000_000_000, '{"n":1}'),
    stop(7_000_000_000),
    json('x', '}'),
    stop('x'),
    ...end('tool_use'),
  )
  expect(said.calls.map(({ id, argumentsText }) => [id, argumentsText])).toEqual([
    ['a', '{"n":1}'],
    ['b', '{"n":2}'],
  ])
})

test('a block that the token limit cut is incomplete, even one that holds nothing yet', () => {
  for (const text of ['', '{"n":'])
    expect(read(use(0, 'a'), json(0, text), stop(0), ...end('max_tokens'))).toMatchObject({
      incomplete: ['f'],
      stopReason: 'length',
    })
})

test('an empty block is a call without arguments when the model went on or stopped by itself', () => {
  expect(read(use(0, 'a'), stop(0), use(1, 'b'), json(1, '{'), stop(1), ...end('max_tokens')).incomplete).toEqual(['f'])
  const said = read(use(0, 'a'), stop(0), ...end('tool_use'))
  expect([said.calls[0]?.argumentsText, said.incomplete]).toEqual(['', []])
})

test('a block that never stopped is no finished call', () => {
  expect(read(use(0, 'a'), json(0, '{"n":'), ...end('tool_use')).incomplete).toEqual(['f'])
})

test('an input that came whole with the start of its block is taken', () => {
  expect(read(use(0, 'a', 'f', { input: { n: 1 } }), stop(0), ...end('tool_use')).calls[0]?.argumentsText).toBe(
    '{"n":1}',
  )
})

test('tools the provider ran itself are no calls, and go back to it in their place with the thoughts', () => {
  const said = read(
    start(0, { type: 'thinking', thinking: '', signature: '' }),
    delta(0, { type: 'thinking_delta', thinking: 'Hm.' }),
    delta(0, { type: 'signature_delta', signature: 'seal' }),
    stop(0),
    start(1, { type: 'server_tool_use', id: 's', name: 'web_search', input: {} }),
    json(1, '{"query":"x"}'),
    stop(1),
    start(2, { type: 'web_search_tool_result', tool_use_id: 's', content: [] }),
    stop(2),
    start(3, { type: 'text', text: '' }),
    delta(3, { type: 'text_delta', text: 'Found.' }),
    stop(3),
    use(4, 'a'),
    json(4, '{}'),
    stop(4),
    ...end('tool_use'),
  )
  expect(said.calls.map(({ id }) => id)).toEqual(['a'])
  expect(said.echo).toEqual({
    provider: 'anthropic',
    blocks: [
      { kind: 'block', block: { type: 'thinking', thinking: 'Hm.', signature: 'seal' } },
      { kind: 'block', block: { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'x' } } },
      { kind: 'block', block: { type: 'web_search_tool_result', tool_use_id: 's', content: [] } },
      { kind: 'text', text: 'Found.' },
      { kind: 'call', call: 1 },
    ],
  })
})

test('plain text and calls need no echo', () => {
  expect(read(use(0, 'a'), json(0, '{}'), stop(0), ...end('tool_use')).echo).toBeUndefined()
})

test('a refusal is told with its explanation', () => {
  const said = read(...end('refusal', { stop_details: { type: 'refusal', explanation: 'Not this.' } }))
  expect([said.stopReason, said.reason]).toEqual(['refusal', 'Not this.'])
})

test('what was read from the cache and written to it counts as input', () => {
  const usage = { input_tokens: 10, cache_read_input_tokens: 90, cache_creation_input_tokens: 5, output_tokens: 1 }
  expect(read({ type: 'message_start', message: { usage } }, ...end('end_turn')).usage).toEqual({
    inputTokens: 105,
    outputTokens: 9,
    cachedTokens: 90,
  })
})

test('an error event breaks the turn, to be asked again', () => {
  const said = read(use(0, 'a'), { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } })
  expect(said.broken).toMatchObject({ retry: true, problem: { code: 'overloaded' } })
  expect(said.broken?.problem.message).toContain('Overloaded')
})

test('anything at all is survived', () => {
  const type = fc.constantFrom(
    'message_start',
    'content_block_start',
    'content_block_delta',
    'content_block_stop',
    'message_delta',
    'error',
  )
  const odd = fc.oneof(
    fc.anything(),
    fc.record({
      type,
      index: fc.anything(),
      content_block: fc.anything(),
      delta: fc.anything(),
      message: fc.anything(),
    }),
    fc.record({
      type,
      index: fc.nat(2),
      content_block: fc.record({ type: fc.constant('tool_use'), id: fc.anything(), input: fc.anything() }),
      delta: fc.anything(),
    }),
  )
  fc.assert(
    fc.property(fc.array(odd), (events) => {
      expect(['finished', 'broken']).toContain(assemble(createAnthropicAssembler('the model'), events).at(-1)?.type)
    }),
  )
})

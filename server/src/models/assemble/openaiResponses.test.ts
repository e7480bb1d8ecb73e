import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assemble, summaryOf } from '../testing/events.ts'
import { createOpenaiResponsesAssembler } from './openaiResponses.ts'

const item = (n: number, more: object = {}) => ({
  id: `fc_${n}`,
  type: 'function_call',
  call_id: `call_${n}`,
  name: `f${n}`,
  arguments: '',
  ...more,
})
const added = (output_index: unknown, one: object) => ({ type: 'response.output_item.added', output_index, item: one })
const itemDone = (output_index: unknown, one: object) => ({
  type: 'response.output_item.done',
  output_index,
  item: one,
})
const piece = (output_index: unknown, item_id: string, delta: string) => ({
  type: 'response.function_call_arguments.delta',
  output_index,
  item_id,
  delta,
})
const done = (output_index: unknown, item_id: string, text: string) => ({
  type: 'response.function_call_arguments.done',
  output_index,
  item_id,
  arguments: text,
})
const completed = (response: object = {}) => ({
  type: 'response.completed',
  response: { usage: null, output: [], ...response },
})
const incomplete = (reason: string) => ({ type: 'response.incomplete', response: { incomplete_details: { reason } } })
const read = (...events: unknown[]) => summaryOf(assemble(createOpenaiResponsesAssembler('the model'), events))
const argumentsOf = (...events: unknown[]) => read(...events).calls.map(({ id, argumentsText }) => [id, argumentsText])

test('a call is given when its arguments are done, before the item is', () => {
  const assembler = createOpenaiResponsesAssembler('the model')
  assembler.push(added(0, item(1)))
  assembler.push(piece(0, 'fc_1', '{"n":1}'))
  expect(assembler.push(done(0, 'fc_1', '{"n":1}'))).toEqual([
    { type: 'call', id: 'call_1', tool: 'f1', argumentsText: '{"n":1}', complete: true },
  ])
  expect(assembler.push(itemDone(0, item(1, { arguments: '{"n":1}' })))).toEqual([])
})

test('where the arguments are never said to be done, the end of the item does it', () => {
  expect(
    argumentsOf(added(0, item(1)), piece(0, 'fc_1', '{}'), itemDone(0, item(1, { arguments: '{}' })), completed()),
  ).toEqual([['call_1', '{}']])
})

test('pieces of parallel calls are told apart by item id when the indexes repeat, and by index when the ids do', () => {
  const byId = [
    added(0, item(1)),
    added(0, item(2)),
    piece(0, 'fc_1', '{"n":1}'),
    piece(0, 'fc_2', '{"n":2}'),
    done(0, 'fc_1', '{"n":1}'),
    done(0, 'fc_2', '{"n":2}'),
  ]
  const same = { id: 'fc' }
  const byIndex = [
    added(0, item(1, same)),
    added(1, item(2, same)),
    piece(1, 'fc', '{"n":2}'),
    piece(0, 'fc', '{"n":1}'),
    done(0, 'fc', '{"n":1}'),
    done(1, 'fc', '{"n":2}'),
  ]
  for (const events of [byId, byIndex])
    expect(argumentsOf(...events, completed())).toEqual([
      ['call_1', '{"n":1}'],
      ['call_2', '{"n":2}'],
    ])
})

test('a server that sends nothing but the completed response is read from that', () => {
  const output = [
    { type: 'message', content: [{ type: 'output_text', text: 'Both.' }] },
    item(1, { arguments: '{"n":1}' }),
    item(2, { arguments: '{"n":2}' }),
  ]
  const said = read(
    completed({ output, usage: { input_tokens: 3, output_tokens: 4, input_tokens_details: { cached_tokens: 1 } } }),
  )
  expect(said).toMatchObject({
    text: 'Both.',
    stopReason: 'calls',
    usage: { inputTokens: 3, outputTokens: 4, cachedTokens: 1 },
  })
  expect(said.calls.map(({ argumentsText }) => argumentsText)).toEqual(['{"n":1}', '{"n":2}'])
})

test('a call cut by the token limit is incomplete, whichever events still came for it', () => {
  const cut = item(1, { arguments: '{"half', status: 'incomplete' })
  const endings = [[], [done(0, 'fc_1', '{"half')], [itemDone(0, cut)], [done(0, 'fc_1', '{"half'), itemDone(0, cut)]]
  for (const ending of endings)
    expect(
      read(added(0, item(1)), piece(0, 'fc_1', '{"half'), ...ending, incomplete('max_output_tokens')),
    ).toMatchObject({
      incomplete: ['f1'],
      stopReason: 'length',
    })
})

test('malformed arguments come as the model wrote them, beside a good sibling', () => {
  const bad = '{"n": 1,'
  const events = [
    added(0, item(1)),
    done(0, 'fc_1', bad),
    itemDone(0, item(1, { arguments: bad, status: 'completed' })),
    added(1, item(2)),
    done(1, 'fc_2', '{}'),
  ]
  expect(argumentsOf(...events, completed())).toEqual([
    ['call_1', bad],
    ['call_2', '{}'],
  ])
})

test('tools the provider ran itself are no calls, and go back to it in their place with the sealed thoughts', () => {
  const thought = { id: 'rs_1', type: 'reasoning', summary: [], encrypted_content: 'sealed', status: null }
  const search = { id: 'ws_1', type: 'web_search_call', status: 'completed', action: { type: 'search', query: 'x' } }
  const said = read(
    added(0, thought),
    itemDone(0, thought),
    added(1, search),
    itemDone(1, search),
    added(2, item(1)),
    done(2, 'fc_1', '{}'),
    completed(),
  )
  expect(said.calls.map(({ id }) => id)).toEqual(['call_1'])
  expect(said.echo).toEqual({
    provider: 'openai',
    items: [
      { kind: 'item', item: { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'sealed' } },
      { kind: 'item', item: search },
      { kind: 'call', call: 1, itemId: 'fc_1' },
    ],
  })
})

test('a thought that is not sealed cannot go back and asks for no echo', () => {
  const thought = { id: 'rs_1', type: 'reasoning', summary: [] }
  expect(read(added(0, thought), itemDone(0, thought), completed()).echo).toBeUndefined()
})

test('a refusal, a filter and a failure are told apart', () => {
  const refused = read({ type: 'response.refusal.delta', delta: 'No.' }, completed())
  expect([refused.stopReason, refused.reason]).toEqual(['refusal', 'No.'])
  expect(read(incomplete('content_filter')).stopReason).toBe('filter')
  const failed = read({
    type: 'response.failed',
    response: { error: { code: 'rate_limit_exceeded', message: 'Too fast' } },
  })
  expect(failed.broken).toMatchObject({ retry: true, problem: { code: 'rate_limited' } })
})

test('anything at all is survived', () => {
  const type = fc.constantFrom(
    'response.output_item.added',
    'response.output_item.done',
    'response.function_call_arguments.delta',
    'response.function_call_arguments.done',
    'response.completed',
    'response.output_text.delta',
  )
  const call = fc.record({
    type: fc.constant('function_call'),
    id: fc.anything(),
    call_id: fc.anything(),
    name: fc.anything(),
    arguments: fc.anything(),
  })
  const odd = fc.oneof(
    fc.anything(),
    fc.record({
      type,
      output_index: fc.anything(),
      item_id: fc.anything(),
      item: fc.oneof(call, fc.anything()),
      delta: fc.anything(),
      response: fc.anything(),
      arguments: fc.anything(),
    }),
  )
  fc.assert(
    fc.property(fc.array(odd), (events) => {
      expect(['finished', 'broken']).toContain(
        assemble(createOpenaiResponsesAssembler('the model'), events).at(-1)?.type,
      )
    }),
  )
})

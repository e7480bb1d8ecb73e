import type { ServerResponse } from 'node:http'
import { parseFlow } from '@volley/shared/flow/parse.ts'
import { SKETCH_TOOL } from '@volley/shared/sketch/sketch.ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { DescribedModels } from '../deps.ts'
import { createDrafts } from '../drafts/draftFlow.ts'
import { createModels } from '../models/index.ts'
import { modelAt, type SeenRequest, sendStream, startModelServer } from '../models/testing/modelServer.ts'
import type { Api } from '../models/testing/recorded.ts'
import { testApp } from '../testing/testApp.ts'

const SKETCH = {
  name: 'Harbour',
  system: 'You watch the tides.',
  prompt: 'How are the tides in Vlissingen?',
  tools: [
    {
      name: 'read_tides',
      description: 'Reads the tides.',
      parameters: [{ name: 'harbour', type: 'string' }],
      result: { height_m: 3.4 },
      changes: false,
    },
  ],
}
const WISH = { prompt: 'Watch the tides.', provider: 'quay', model: 'boat-1' }

test('the simulated model drafts without a key, and says that it is simulated', async () => {
  const { call, audit, store } = await testApp({ models: createModels({ env: {} }) })
  const { status, body } = await call('POST', '/api/drafts', {
    prompt: 'Find flights and hotels, then book the cheapest',
  })
  expect([status, body.simulated, body.problems]).toEqual([200, true, []])
  expect(body.flow.tools.map(({ name }: { name: string }) => name)).toEqual(['search_flights', 'search_hotels', 'book'])
  expect(body.flow.agent).toMatchObject({ provider: 'simulated', model: 'simulated-1' })
  await audit.idle()
  expect((await call('GET', '/api/audit')).body.items[0]).toMatchObject({
    what: 'drafted',
    detail: { provider: 'simulated', model: 'simulated-1', tools: 3 },
  })
  expect(await store.flows.list({ limit: 1 })).toEqual([])
})

test('a wish that is empty, endless or of an unknown provider is refused with the reason', async () => {
  const { call } = await testApp({ models: createModels({ env: {} }) })
  const answers = [
    { prompt: '  ' },
    { prompt: 'x'.repeat(4001) },
    { prompt: 'x', run: true },
    { prompt: 'x', provider: 'ship' },
  ]
  for (const wish of answers) expect((await call('POST', '/api/drafts', wish)).status).toBe(422)
  const { body } = await call('POST', '/api/drafts', { prompt: 'x', provider: 'openai' })
  expect(body.error.message).toContain('OPENAI_API_KEY')
})

describe.each<Api>(['openai-chat', 'openai-responses', 'anthropic-messages'])('over the wire, %s', (api) => {
  const served = async (
    answer: (response: ServerResponse, seen: SeenRequest, number: number) => void,
    mostMs?: number,
  ) => {
    let number = 0
    const server = await startModelServer((response, seen) => answer(response, seen, ++number))
    onTestFinished(server.close)
    const models: DescribedModels = {
      find: () => ({ ok: true, value: modelAt(api, server.url) }),
      describe: () => [{ name: 'quay', label: 'Quay', available: true, models: [] }],
    }
    const drafts = createDrafts({
      models,
      parse: (value) => parseFlow(value, { checkSchema: () => [] }),
      hide: (value) => JSON.parse(JSON.stringify(value).replaceAll('hush-hush', '***')),
      ...(mostMs ? { mostMs } : {}),
    })
    return { server, draft: (wish = WISH, signal = new AbortController().signal) => drafts.draft(wish, signal) }
  }

  test('one call of the one tool becomes a flow of that model', async () => {
    const { server, draft } = await served((response) => sendStream(response, callOf(api, SKETCH)))
    expect(await draft({ ...WISH, prompt: 'Watch the tides with hush-hush.' })).toMatchObject({
      ok: true,
      value: {
        simulated: false,
        prompt: SKETCH.prompt,
        problems: [],
        flow: { name: 'Harbour', agent: { provider: 'quay', model: 'boat-1' }, tools: [{ name: 'read_tides' }] },
      },
    })
    const [asked] = server.requests
    expect(JSON.stringify(asked?.body)).toContain('Watch the tides with ***.')
    expect(asked?.body.tools).toHaveLength(1)
  })

  test('what is no draft is asked for once more, with what was wrong', async () => {
    const { server, draft } = await served((response, _seen, number) =>
      sendStream(response, callOf(api, number === 1 ? { ...SKETCH, tools: [], colour: 'red' } : SKETCH)),
    )
    expect(await draft()).toMatchObject({ ok: true, value: { flow: { name: 'Harbour' } } })
    expect(server.requests).toHaveLength(2)
    expect(JSON.stringify(server.requests[1]?.body)).toMatch(/This is no draft yet.*\/tools.*colour/)
  })

  test('after two tries the faults are told, and nothing was made up', async () => {
    const { server, draft } = await served((response) => sendStream(response, callOf(api, '{"name": ')))
    const drafted = await draft()
    expect(drafted).toMatchObject({ ok: false, error: { code: 'unprocessable' } })
    expect(JSON.stringify(drafted)).toMatch(/asked twice/)
    expect(server.requests).toHaveLength(2)
  })

  test('an answer in words alone is no draft', async () => {
    const { draft } = await served((response) => sendStream(response, textOf(api, 'Certainly! Here is a plan.')))
    expect(await draft()).toMatchObject({
      ok: false,
      error: { problems: [{ message: `There was no call of ${SKETCH_TOOL}.` }] },
    })
  })

  test('who closes the connection ends the request to the model', async () => {
    const closing = new AbortController()
    const { server, draft } = await served((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
      closing.abort()
    })
    expect(await draft(WISH, closing.signal)).toMatchObject({ ok: false })
    await server.requests[0]?.left
  })

  test('a model that takes too long is given up, with the way out', async () => {
    const { server, draft } = await served(() => {}, 300)
    expect(await draft()).toMatchObject({ ok: false, error: { message: expect.stringMatching(/no draft within/) } })
    await server.requests[0]?.left
  })

  test('a few drafts at a time, and no more', async () => {
    const waiting = new AbortController()
    const { draft } = await served(() => {})
    const first = Array.from({ length: 4 }, () => draft(WISH, waiting.signal))
    expect(await draft()).toMatchObject({ ok: false, error: { code: 'too_many_requests' } })
    waiting.abort()
    await Promise.all(first)
  })
})

/** A message with one call, as each provider streams it. */
function callOf(api: Api, given: unknown): Uint8Array {
  const text = typeof given === 'string' ? given : JSON.stringify(given)
  const usage = { input_tokens: 1, output_tokens: 1 }
  if (api === 'openai-chat') {
    const call = { index: 0, id: 'call_1', type: 'function', function: { name: SKETCH_TOOL, arguments: text } }
    return frames([
      { choices: [{ index: 0, delta: { role: 'assistant', tool_calls: [call] } }] },
      { choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
    ])
  }
  if (api === 'anthropic-messages')
    return frames([
      { type: 'message_start', message: { id: 'm', role: 'assistant', content: [], usage } },
      {
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'tool_use', id: 'toolu_1', name: SKETCH_TOOL, input: {} },
      },
      { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: text } },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage },
      { type: 'message_stop' },
    ])
  const item = {
    type: 'function_call',
    id: 'fc_1',
    call_id: 'call_1',
    name: SKETCH_TOOL,
    arguments: text,
    status: 'completed',
  }
  return frames([
    { type: 'response.created', response: { id: 'r', status: 'in_progress', output: [] } },
    { type: 'response.output_item.added', output_index: 0, item: { ...item, arguments: '', status: 'in_progress' } },
    { type: 'response.function_call_arguments.delta', output_index: 0, item_id: 'fc_1', delta: text },
    { type: 'response.function_call_arguments.done', output_index: 0, item_id: 'fc_1', arguments: text },
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response: { id: 'r', status: 'completed', output: [item], usage } },
  ])
}

function textOf(api: Api, text: string): Uint8Array {
  const usage = { input_tokens: 1, output_tokens: 1 }
  if (api === 'openai-chat')
    return frames([
      { choices: [{ index: 0, delta: { role: 'assistant', content: text } }] },
      { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
    ])
  if (api === 'anthropic-messages')
    return frames([
      { type: 'message_start', message: { id: 'm', role: 'assistant', content: [], usage } },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage },
      { type: 'message_stop' },
    ])
  const item = {
    type: 'message',
    id: 'msg_1',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text }],
  }
  return frames([
    { type: 'response.output_text.delta', output_index: 0, item_id: 'msg_1', content_index: 0, delta: text },
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response: { id: 'r', status: 'completed', output: [item], usage } },
  ])
}

function frames(events: Record<string, unknown>[]): Uint8Array {
  const text = events.map((event) => `${event.type ? `event: ${event.type}\n` : ''}data: ${JSON.stringify(event)}\n\n`)
  return new TextEncoder().encode(text.join('') + (events[0]?.type ? '' : 'data: [DONE]\n\n'))
}

import type { Picture } from '@volley/shared/lib/picture.ts'
import { describe, expect, test } from 'vitest'
import type { Message, ModelRequest, ResultPart } from '../../engine/ports.ts'
import { collect } from '../testing/events.ts'
import { modelAt, sendStream, startModelServer } from '../testing/modelServer.ts'
import type { Api } from '../testing/recorded.ts'

const APIS: Api[] = ['openai-chat', 'openai-responses', 'anthropic-messages']
const forecast = { name: 'get_forecast', description: 'Forecast.', parameters: { type: 'object', properties: {} } }
const request = (more: Partial<ModelRequest> = {}): ModelRequest => ({
  model: 'some-model',
  system: 'You brief.',
  messages: [{ role: 'user', text: 'Hello' }],
  tools: [forecast],
  settings: {},
  parallel: true,
  idleMs: 5_000,
  ...more,
})
const conversation: Message[] = [
  { role: 'user', text: 'Two forecasts.' },
  {
    role: 'assistant',
    text: 'I ask.',
    calls: [
      { id: 'a', tool: 'get_forecast', argumentsText: '{"city":"Oslo"}' },
      { id: 'b', tool: 'no such tool!', argumentsText: '{"city":' },
      { id: 'c', tool: 'get_forecast', argumentsText: '' },
    ],
  },
  {
    role: 'results',
    results: [
      { id: 'a', tool: 'get_forecast', text: '{"degrees":4}', isError: false },
      { id: 'b', tool: 'no such tool!', text: 'There is no such tool.', isError: true },
      { id: 'c', tool: 'get_forecast', text: 'ok', isError: false },
    ],
  },
]

describe('the request', () => {
  /** What a server is sent, by way of the official client. */
  const bodyFor = async (api: Api, more: Partial<ModelRequest>) => {
    const server = await startModelServer((response) => sendStream(response, new Uint8Array()))
    await collect(modelAt(api, server.url).stream(request(more), new AbortController().signal))
    await server.close()
    return server.requests[0]?.body
  }

  test('of Chat Completions has one tool message for each call', async () => {
    expect(await bodyFor('openai-chat', { messages: conversation, parallel: false })).toEqual({
      model: 'some-model',
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0.2,
      max_tokens: 2048,
      tool_choice: 'auto',
      parallel_tool_calls: false,
      tools: [{ type: 'function', function: forecast }],
      messages: [
        { role: 'system', content: 'You brief.' },
        { role: 'user', content: 'Two forecasts.' },
        {
          role: 'assistant',
          content: 'I ask.',
          tool_calls: [
            { id: 'a', type: 'function', function: { name: 'get_forecast', arguments: '{"city":"Oslo"}' } },
            { id: 'b', type: 'function', function: { name: 'no_such_tool_', arguments: '{"city":' } },
            { id: 'c', type: 'function', function: { name: 'get_forecast', arguments: '{}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'a', content: '{"degrees":4}' },
        { role: 'tool', tool_call_id: 'b', content: 'There is no such tool.' },
        { role: 'tool', tool_call_id: 'c', content: 'ok' },
      ],
    })
  })

  test('of Responses has one function_call_output for each call, and stores nothing', async () => {
    expect(
      await bodyFor('openai-responses', {
        messages: conversation,
        settings: { toolChoice: 'required', temperature: 1 },
      }),
    ).toEqual({
      model: 'some-model',
      stream: true,
      store: false,
      instructions: 'You brief.',
      temperature: 1,
      max_output_tokens: 2048,
      tool_choice: 'required',
      tools: [{ type: 'function', ...forecast, strict: false }],
      input: [
        { role: 'user', content: 'Two forecasts.' },
        { role: 'assistant', content: 'I ask.' },
        { type: 'function_call', call_id: 'a', name: 'get_forecast', arguments: '{"city":"Oslo"}' },
        { type: 'function_call', call_id: 'b', name: 'no_such_tool_', arguments: '{"city":' },
        { type: 'function_call', call_id: 'c', name: 'get_forecast', arguments: '{}' },
        { type: 'function_call_output', call_id: 'a', output: '{"degrees":4}' },
        { type: 'function_call_output', call_id: 'b', output: 'There is no such tool.' },
        { type: 'function_call_output', call_id: 'c', output: 'ok' },
      ],
    })
  })

  test('of Anthropic has all results first in one user message, errors marked', async () => {
    const messages: Message[] = [...conversation, { role: 'user', text: 'And?' }]
    expect(
      await bodyFor('anthropic-messages', {
        messages,
        parallel: false,
        settings: { maxOutputTokens: 100, temperature: 2 },
      }),
    ).toEqual({
      model: 'some-model',
      stream: true,
      system: 'You brief.',
      temperature: 1,
      max_tokens: 100,
      tool_choice: { type: 'auto', disable_parallel_tool_use: true },
      tools: [{ name: 'get_forecast', description: 'Forecast.', input_schema: forecast.parameters }],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Two forecasts.' }] },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'I ask.' },
            { type: 'tool_use', id: 'a', name: 'get_forecast', input: { city: 'Oslo' } },
            { type: 'tool_use', id: 'b', name: 'no_such_tool_', input: { invalid_arguments: '{"city":' } },
            { type: 'tool_use', id: 'c', name: 'get_forecast', input: {} },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'a', content: '{"degrees":4}' },
            { type: 'tool_result', tool_use_id: 'b', content: 'There is no such tool.', is_error: true },
            { type: 'tool_result', tool_use_id: 'c', content: 'ok' },
            { type: 'text', text: 'And?' },
          ],
        },
      ],
    })
  })

  test('gives a reasoning model no temperature, and asks for its sealed thoughts', async () => {
    const body = await bodyFor('openai-responses', { model: 'gpt-5.5' })
    expect(body).not.toHaveProperty('temperature')
    expect(body?.include).toEqual(['reasoning.encrypted_content'])
    expect(await bodyFor('anthropic-messages', { model: 'claude-opus-5-5' })).not.toHaveProperty('temperature')
  })

  test('brings back what the provider wanted back, in its order, and is plain for another provider', async () => {
    const thought = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'sealed' }
    const echo = {
      provider: 'openai',
      items: [
        { kind: 'item', item: thought },
        { kind: 'call', call: 1, itemId: 'fc_1' },
      ],
    }
    const messages: Message[] = [
      { role: 'user', text: 'Go.' },
      { role: 'assistant', text: '', calls: [{ id: 'a', tool: 'get_forecast', argumentsText: '{}' }], echo },
      { role: 'results', results: [{ id: 'a', tool: 'get_forecast', text: 'ok', isError: false }] },
    ]
    const body = await bodyFor('openai-responses', { messages })
    expect(body?.input).toMatchObject([
      { role: 'user' },
      thought,
      { type: 'function_call', id: 'fc_1', call_id: 'a' },
      { call_id: 'a' },
    ])
    const other = await bodyFor('anthropic-messages', { messages })
    expect(other?.messages).toMatchObject([
      { role: 'user' },
      { content: [{ type: 'tool_use', id: 'a' }] },
      { role: 'user' },
    ])
  })

  describe('with pictures in a result', () => {
    const png = Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'),
      Buffer.from([0, 0, 0, 2, 0, 0, 0, 3]),
    ])
    const pictureOf = (type: Picture['type']): ResultPart => ({
      type: 'picture',
      picture: { type, data: png.toString('base64'), width: 2, height: 3 },
      note: `[image: ${type}]`,
    })
    const lastOf = (list: unknown) => (Array.isArray(list) ? list.at(-1) : undefined)
    const messages: Message[] = [
      { role: 'user', text: 'Draw.' },
      { role: 'assistant', text: '', calls: [{ id: 'a', tool: 'draw', argumentsText: '{}' }] },
      {
        role: 'results',
        results: [
          {
            id: 'a',
            tool: 'draw',
            text: 'Before\n[image: image/png]\n[image: image/gif]\n\nAfter',
            isError: false,
            parts: [
              { type: 'text', text: 'Before' },
              pictureOf('image/png'),
              pictureOf('image/gif'),
              { type: 'text', text: '' },
              { type: 'text', text: 'After' },
            ],
          },
        ],
      },
    ]

    test('Anthropic is given text and images in their order', async () => {
      const body = await bodyFor('anthropic-messages', { messages })
      const source = (media_type: string) => ({ type: 'base64', media_type, data: png.toString('base64') })
      expect(lastOf(body?.messages)).toEqual({
        role: 'user',
        content: [
          {
            type: 'tool_result',
            tool_use_id: 'a',
            content: [
              { type: 'text', text: 'Before' },
              { type: 'image', source: source('image/png') },
              { type: 'image', source: source('image/gif') },
              { type: 'text', text: 'After' },
            ],
          },
        ],
      })
    })

    test('Responses is given data URLs, and a note for what may be moving', async () => {
      const body = await bodyFor('openai-responses', { messages })
      expect(lastOf(body?.input)).toEqual({
        type: 'function_call_output',
        call_id: 'a',
        output: [
          { type: 'input_text', text: 'Before' },
          { type: 'input_image', detail: 'auto', image_url: `data:image/png;base64,${png.toString('base64')}` },
          { type: 'input_text', text: '[image: image/gif]' },
          { type: 'input_text', text: 'After' },
        ],
      })
    })

    test('Chat Completions is given the notes, since its tool messages carry text alone', async () => {
      const body = await bodyFor('openai-chat', { messages })
      const content = 'Before\n[image: image/png]\n[image: image/gif]\n\nAfter'
      expect(lastOf(body?.messages)).toEqual({ role: 'tool', tool_call_id: 'a', content })
    })

    test.each(['anthropic-messages', 'openai-responses'] as const)(
      'a server of %s that refuses them is asked again with the notes, and once only',
      async (api) => {
        const refusal = JSON.stringify({ error: { type: 'invalid_request_error', message: 'no images here' } })
        const server = await startModelServer(
          (response) => void response.writeHead(400, { 'content-type': 'application/json' }).end(refusal),
        )
        const events = await collect(
          modelAt(api, server.url).stream(request({ messages }), new AbortController().signal),
        )
        await server.close()
        expect(server.requests.map(({ body }) => JSON.stringify(body).includes(png.toString('base64')))).toEqual([
          true,
          false,
        ])
        expect(JSON.stringify(server.requests[1]?.body)).toContain('[image: image/png]')
        expect(events).toMatchObject([{ type: 'broken', retry: false }])
      },
    )
  })

  test.each<[string, Message[]]>([
    ['a call without its result', conversation.slice(0, 2)],
    [
      'results in another order',
      [
        ...conversation.slice(0, 2),
        {
          role: 'results',
          results: [...(conversation[2]?.role === 'results' ? conversation[2].results : [])].reverse(),
        },
      ],
    ],
    [
      'results nobody asked for',
      [
        { role: 'user', text: 'Hi' },
        { role: 'results', results: [{ id: 'x', tool: 't', text: '', isError: false }] },
      ],
    ],
    ['no message of the user', []],
  ])('is refused as our own mistake when the history has %s', (_what, messages) => {
    for (const api of APIS)
      expect(() =>
        modelAt(api, 'http://127.0.0.1:9').stream(request({ messages }), new AbortController().signal),
      ).toThrow()
  })
})

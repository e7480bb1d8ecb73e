import { expect, test } from 'vitest'
import { aFlow, aTool, data, order, RUN, runWith, type Scene } from '../testing/runWith.ts'
import { callSpanId, runSpanId, traceIdOf, turnSpanId } from './span.ts'
import { type EndedRun, type SpanOptions, spansOfRun } from './spansOfRun.ts'

const BEGAN = Date.UTC(2026, 10, 28, 4)
const QUIET: SpanOptions = { withContent: false, hide: (value) => value }

async function spansWith(
  scene: Scene,
  { spec, ...options }: Partial<SpanOptions> & { spec?: Partial<EndedRun['spec']> } = {},
) {
  const { events, run } = await runWith(scene)
  const batch = scene.batch ? { batch: scene.batch } : {}
  const ended = { events, spec: { flow: scene.flow, variables: {}, ...batch, ...spec }, startedAt: BEGAN }
  const spans = spansOfRun(ended, { ...QUIET, ...options })
  const named = (name: string) => {
    const found = spans.filter((span) => span.name === name)
    if (!found[0]) throw new Error(`no span is named ${name}`)
    return found[0]
  }
  return { spans, named, run }
}

const TIDES: Scene = {
  flow: aFlow(['harbour', 'tide', 'news'], [data('harbour', 'tide')]),
  input: 'When is high tide?',
  turns: [
    {
      text: 'Let me look.',
      calls: [
        { tool: 'harbour', arguments: { city: 'Brest' } },
        { tool: 'tide', arguments: { at: { from_call: 1 } } },
        { tool: 'news' },
      ],
      holdMs: 20,
    },
    { text: 'At nine.' },
  ],
  tools: { harbour: { ms: 100, result: 'BES' }, tide: { ms: 50 }, news: { ms: 30, fails: 'No news of Brest.' } },
}

test('a run is invoke_agent, its turns are chat, its calls execute_tool, all of one trace', async () => {
  const { spans, named } = await spansWith(TIDES)
  expect(spans.map(({ name, kind }) => [name, kind])).toEqual([
    ['invoke_agent Harbour desk', 'internal'],
    ['chat scripted-1', 'client'],
    ['chat scripted-1', 'client'],
    ['execute_tool harbour', 'internal'],
    ['execute_tool tide', 'internal'],
    ['execute_tool news', 'internal'],
  ])
  expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set([traceIdOf(RUN)]))
  expect(new Set(spans.map((span) => span.spanId)).size).toBe(spans.length)
  for (const { spanId, traceId } of spans) expect([spanId, traceId].join()).toMatch(/^[0-9a-f]{16},[0-9a-f]{32}$/)
  expect(spans[0]?.parentSpanId).toBe(undefined)
  expect(new Set(spans.slice(1).map((span) => span.parentSpanId))).toEqual(new Set([runSpanId(RUN)]))
  expect(named('execute_tool harbour')).toMatchObject({ startedAt: BEGAN + 20, endedAt: BEGAN + 120 })
  expect(named('execute_tool tide')).toMatchObject({ startedAt: BEGAN + 120, endedAt: BEGAN + 170 })
})

test('attributes have the names of the conventions', async () => {
  const { named, run } = await spansWith(TIDES)
  expect(named('invoke_agent Harbour desk').attributes).toMatchObject({
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.name': 'Harbour desk',
    'gen_ai.provider.name': 'scripted',
    'gen_ai.request.model': 'scripted-1',
    'gen_ai.usage.input_tokens': 20,
    'gen_ai.usage.output_tokens': 10,
    'volley.run.id': RUN,
    'volley.run.calls': 3,
    'volley.run.critical_path_ms': run.summary?.criticalPathMs,
  })
  expect(named('chat scripted-1').attributes).toMatchObject({
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.stream': true,
    'gen_ai.usage.input_tokens': 10,
    'gen_ai.response.finish_reasons': ['tool_call'],
    'gen_ai.response.time_to_first_chunk': 0,
  })
  expect(named('execute_tool tide').attributes).toMatchObject({
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': 'tide',
    'gen_ai.tool.type': 'function',
    'gen_ai.tool.call.id': 'given_1_2',
    'volley.call': 2,
    'volley.call.critical': true,
    'volley.call.held_ms': 120,
  })
})

test('a call links to the turn that made it and to each call it waited for', async () => {
  const { named } = await spansWith(TIDES)
  const linked = (name: string) => named(name).links.map(({ spanId }) => spanId)
  expect(linked('execute_tool tide')).toEqual([turnSpanId(RUN, 1), callSpanId(RUN, 1)])
  expect(linked('execute_tool harbour')).toEqual([turnSpanId(RUN, 1)])
})

test('a call that waited for very many links to as many as tracing programs take, and says how many there were', async () => {
  const calls = [...Array.from({ length: 200 }, () => ({ tool: 'tide' })), { tool: 'book' }]
  const { named } = await spansWith({
    flow: aFlow(['tide', 'book'], [order('tide', 'book')], { limits: { callsPerTurn: 500, calls: 500 } }),
    turns: [{ calls }, { text: 'Done.' }],
  })
  const { links, droppedLinks, attributes } = named('execute_tool book')
  expect([links.length, droppedLinks, attributes['volley.call.waited_for']]).toEqual([128, 73, 200])
})

test('what failed says so by its code; its words are content', async () => {
  const { named } = await spansWith(TIDES)
  expect(named('execute_tool news').error).toEqual({ type: 'tool_error' })
  expect(named('execute_tool tide')).not.toHaveProperty('error')
  expect(named('invoke_agent Harbour desk')).not.toHaveProperty('error')
  const open = await spansWith(TIDES, { withContent: true })
  expect(open.named('execute_tool news').error).toEqual({ type: 'tool_error', message: 'No news of Brest.' })
})

test('attempts are events, the failed ones with their fault', async () => {
  const timeout = { ok: false, code: 'network', message: 'gone', retry: true } as const
  const { named } = await spansWith({
    flow: aFlow([aTool('tide', { annotations: { readOnlyHint: true }, policy: { retries: 1 } })]),
    turns: [{ calls: [{ tool: 'tide' }] }, { text: 'Done.' }],
    tools: { tide: (_args, nth) => (nth === 1 ? { ms: 10, outcome: timeout } : { ms: 10 }) },
  })
  const { events, attributes } = named('execute_tool tide')
  expect(attributes['volley.call.attempts']).toBe(2)
  expect(events.map((event) => [event.name, event.attributes])).toEqual([
    ['volley.attempt.started', { 'volley.attempt': 1 }],
    ['volley.attempt.failed', { 'volley.attempt': 1, 'error.type': 'network' }],
    ['volley.attempt.started', { 'volley.attempt': 2 }],
  ])
})

test('a skipped call was never there for a moment, and says why; a model that fails is the fault of its turn and its run', async () => {
  const skipped = await spansWith({
    flow: aFlow(['tide', 'book'], [order('tide', 'book')]),
    turns: [{ calls: [{ tool: 'tide' }, { tool: 'book' }] }, { text: 'Sorry.' }],
    tools: { tide: { ms: 5, fails: 'low' } },
  })
  const book = skipped.named('execute_tool book')
  expect([book.endedAt - book.startedAt, book.error]).toEqual([0, { type: 'dependency_failed' }])

  const broken = { code: 'provider', message: 'no credit', retry: false }
  const failed = await spansWith({ flow: aFlow([]), turns: [{ broken }] })
  expect(failed.named('chat scripted-1').error).toEqual({ type: 'provider' })
  expect(failed.named('invoke_agent Harbour desk').error).toEqual({ type: 'provider' })
  expect(failed.named('chat scripted-1').attributes).not.toHaveProperty(['gen_ai.usage.input_tokens'])
})

test('a turn that was asked again says so', async () => {
  const broken = { code: 'network', message: 'torn', retry: true }
  const { spans } = await spansWith({ flow: aFlow([]), turns: [{ text: 'Ju', broken }, { text: 'Just now.' }] })
  expect(spans[1]?.events[0]).toMatchObject({
    name: 'volley.turn.retrying',
    attributes: { 'volley.attempt': 1, 'error.type': 'network' },
  })
})

test('a volley by hand has no chat; a nested run lies below the call that began it, in the trace of the outermost', async () => {
  const hand = await spansWith({ flow: aFlow(['tide']), batch: [{ tool: 'tide' }] })
  expect(hand.spans.map(({ name }) => name)).toEqual(['invoke_agent Harbour desk', 'execute_tool tide'])
  expect(hand.spans[1]?.links).toEqual([])

  const { events, run } = await runWith(TIDES)
  const [first, ...rest] = events
  if (first?.type !== 'run.started') throw new Error('a run begins with its start')
  const inside = [{ ...first, parent: { run: 'outer', call: 4 } }, ...rest]
  const parent = { run: 'outer', call: 4, depth: 2, root: 'outermost' }
  const [root] = spansOfRun(
    { events: inside, spec: { flow: TIDES.flow, variables: {}, parent }, startedAt: BEGAN },
    QUIET,
  )
  expect([root?.traceId, root?.parentSpanId, root?.spanId]).toEqual([
    traceIdOf('outermost'),
    callSpanId('outer', 4),
    runSpanId(run.id),
  ])
})

test('messages, arguments and results are told only where that is asked for', async () => {
  const scene: Scene = {
    ...TIDES,
    flow: { ...TIDES.flow, agent: { ...TIDES.flow.agent, system: 'Speak of KEY-1234.' } },
  }
  const shut = JSON.stringify((await spansWith(scene)).spans)
  for (const said of ['high tide', 'Brest', 'At nine', 'BES', 'KEY-1234', 'Let me look'])
    expect(shut).not.toContain(said)

  const hide: SpanOptions['hide'] = (value) =>
    (typeof value === 'string' ? value.replaceAll('KEY-1234', '***') : value) as typeof value
  const { named, spans } = await spansWith(scene, { withContent: true, hide })
  const read = (text: unknown) => JSON.parse(String(text))
  const answer = spans[2]?.attributes ?? {}
  expect(read(answer['gen_ai.system_instructions'])[0].content).toContain('Speak of ***.')
  expect(read(answer['gen_ai.input.messages']).map((message: { role: string }) => message.role)).toEqual([
    'user',
    'assistant',
    'tool',
  ])
  expect(read(answer['gen_ai.input.messages'])[2].parts[0]).toEqual({
    type: 'tool_call_response',
    id: 'given_1_1',
    response: 'BES',
  })
  expect(read(answer['gen_ai.output.messages'])).toEqual([
    { role: 'assistant', parts: [{ type: 'text', content: 'At nine.' }], finish_reason: 'stop' },
  ])
  expect(named('execute_tool tide').attributes).toMatchObject({
    'gen_ai.tool.call.arguments': '{"at":"BES"}',
    'gen_ai.tool.call.result': '{"from":"tide"}',
  })
  expect(JSON.stringify(spans)).not.toContain('KEY-1234')
})

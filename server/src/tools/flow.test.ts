import type { FlowDocument } from '@volley/shared/flow/flow.ts'
import type { RunEvent } from '@volley/shared/run/events.ts'
import { describe, expect, test } from 'vitest'
import type { RunSpec } from '../engine/ports.ts'
import { numbered } from '../testing/logEvents.ts'
import { realServer } from '../testing/realServer.ts'
import { aFlow } from '../testing/runWith.ts'
import { createFlow, type FlowRuns } from './flow.ts'
import { MOST_NESTED_RUNS } from './nestedRuns.ts'

type Turn = { text?: string; calls?: { tool: string; arguments?: Record<string, string> }[] }

/** A flow whose model says these turns at once. */
function scripted(name: string, tools: FlowDocument['tools'], script: Turn[]): FlowDocument {
  const settings = { script, pace: { firstTokenMs: 0, callMs: 0 } }
  return {
    format: 'volley.flow/1',
    name,
    agent: { provider: 'simulated', model: 'simulated-1', settings },
    tools: tools ?? [],
  }
}
const asks = (flow: string, name = 'ask'): NonNullable<FlowDocument['tools']>[number] => ({
  name,
  parameters: { type: 'object', properties: { input: { type: 'string' } } },
  run: { kind: 'flow', flow },
})
const ask: Turn = { calls: [{ tool: 'ask', arguments: { input: 'How deep?' } }] }

async function harbour(env = {}) {
  const server = await realServer(env)
  const save = async (flow: FlowDocument): Promise<string> => (await server.call('POST', '/api/flows', flow)).body.id
  const start = async (flow: FlowDocument) =>
    (await server.call('POST', '/api/runs', { flow, input: 'Go.' })).body.runId
  return { ...server, save, start, run: async (flow: FlowDocument) => server.ended(await start(flow)) }
}

describe('a flow as a tool', () => {
  test('gives its final text, from a run of its own that both sides name', async () => {
    const { save, run, call } = await harbour()
    const inner = await save(
      scripted(
        'Soundings',
        [{ name: 'depth', parameters: { type: 'object' }, run: { kind: 'mock', result: 7 } }],
        [{ calls: [{ tool: 'depth' }] }, { text: 'It is 7 m.' }],
      ),
    )
    const record = await run(scripted('Pilot', [asks(inner)], [ask, { text: 'Done.' }]))
    expect(record.calls[0]).toMatchObject({ status: 'succeeded', result: 'It is 7 m.', nested: expect.any(String) })
    const nested = (await call('GET', `/api/runs/${record.calls[0]?.nested}`)).body
    expect(nested).toMatchObject({
      flow: { id: inner, version: 1 },
      input: 'How deep?',
      status: 'succeeded',
      parent: { run: record.id, call: 1 },
      calls: [{ tool: 'depth', status: 'succeeded' }],
    })
    expect(record).not.toHaveProperty('parent')
    const { items } = (await call('GET', '/api/runs')).body
    expect(items.map((one: { parent?: unknown }) => one.parent)).toEqual([{ run: record.id, call: 1 }, undefined])
  })

  test('that fails makes its call fail with the reason', async () => {
    const { save, run } = await harbour()
    const inner = await save({ ...scripted('Adrift', [], []), agent: { provider: 'nowhere', model: 'x' } })
    const record = await run(
      scripted(
        'Pilot',
        [asks(inner), asks('none', 'lost')],
        [
          { calls: [...(ask.calls ?? []), { tool: 'lost', arguments: { input: 'x' } }, { tool: 'ask' }] },
          { text: 'Done.' },
        ],
      ),
    )
    expect(record.calls.map(({ error }) => [error?.code, error?.message])).toEqual([
      ['tool_error', expect.stringMatching(/failed in run .*nowhere/)],
      ['tool_error', 'There is no flow "none": choose one that is saved.'],
      ['invalid_arguments', expect.stringContaining('"input" is missing')],
    ])
    expect(record.status).toBe('succeeded')
  })

  test('is cancelled with the run that called it', async () => {
    const { save, start, call, ended } = await harbour()
    const slow = { name: 'slow', parameters: { type: 'object' }, run: { kind: 'mock', hang: true } } as const
    const inner = await save(scripted('Slow', [slow], [{ calls: [{ tool: 'slow' }] }]))
    const runId = await start(scripted('Pilot', [asks(inner)], [ask]))
    const nestedOf = async () => (await call('GET', `/api/runs/${runId}`)).body.calls[0]?.nested
    await expect
      .poll(async () => (await nestedOf()) && (await call('GET', `/api/runs/${await nestedOf()}`)).status)
      .toBe(200)
    expect((await call('POST', `/api/runs/${runId}/cancel`)).status).toBe(202)
    expect((await ended(runId)).status).toBe('cancelled')
    expect((await ended(await nestedOf())).status).toBe('cancelled')
  })

  test('that would call itself without end is refused at the start, and the way is named', async () => {
    const { save, call } = await harbour()
    const first = await save(scripted('First', [], []))
    const second = await save(scripted('Second', [asks(first)], []))
    await call('PUT', `/api/flows/${first}`, scripted('First', [asks('none'), asks(second, 'again')], []))
    for (const flow of [{ flowId: first }, { flow: scripted('Third', [asks('none'), asks(second, 'again')], []) }]) {
      const { status, body } = await call('POST', '/api/runs', { ...flow, input: 'Go.' })
      expect([status, body.error.problems[0].pointer]).toEqual([422, '/tools/1/run/flow'])
      expect(body.error.message).toMatch(/"(First|Second)" → "(First|Second)" → "(First|Second)"/)
    }
    expect((await call('GET', '/api/runs')).body.items).toEqual([])
  })

  test('is nested eight deep at most', async () => {
    const { save, run, call } = await harbour()
    let id = await save(scripted('Bottom', [], [{ text: 'Bottom.' }]))
    for (let level = 0; level < 9; level++)
      id = await save(scripted(`Level ${level}`, [asks(id)], [ask, { text: 'Up.' }]))
    await run(scripted('Top', [asks(id)], [ask, { text: 'Up.' }]))
    const { items } = (await call('GET', '/api/runs')).body
    expect(items).toHaveLength(9)
    const deepest = (await call('GET', `/api/runs/${items[0].id}`)).body
    expect(deepest.calls[0].error).toMatchObject({
      code: 'tool_error',
      message: expect.stringContaining('deeper than 8'),
    })
  })
})

test('a server that stops leaves both runs to the next, whose call takes up the inner run it began', async () => {
  const { save, start, call, env, stop } = await harbour()
  const slow = {
    name: 'slow',
    parameters: { type: 'object' },
    run: { kind: 'mock', result: 7, latencyMs: 500 },
  } as const
  const script = [{ calls: [{ tool: 'slow' }] }, { text: 'It is 7 m.' }]
  const inner = await save(scripted('Slow', [{ ...slow, annotations: { readOnlyHint: true } }], script))
  const runId = await start(
    scripted('Pilot', [{ ...asks(inner), annotations: { idempotentHint: true } }], [ask, { text: 'Done.' }]),
  )
  await expect.poll(async () => (await call('GET', '/api/runs')).body.items.length).toBe(2)
  await stop()

  const next = await harbour({ dataFolder: env.dataFolder })
  const record = await next.ended(runId)
  expect(record.calls).toMatchObject([{ status: 'succeeded', result: 'It is 7 m.' }])
  expect((await next.call('GET', '/api/runs')).body.items.map(({ status }: { status: string }) => status)).toEqual([
    'succeeded',
    'succeeded',
  ])
})

describe('a call that is executed again', () => {
  const end = (status: 'succeeded' | 'failed' | 'cancelled') =>
    ({ type: 'run.finished', status, output: 'It is 7 m.' }) as RunEvent
  const runsWith = (status: 'succeeded' | 'failed' | 'cancelled', started: RunSpec[]): FlowRuns => {
    const logs: Record<string, RunEvent[]> = {
      outer: numbered([
        { type: 'call.nested', call: 2, runId: 'before' },
        { type: 'call.nested', call: 1, runId: 'other' },
      ]),
      before: [end(status)],
      after: [end('succeeded')],
    }
    return {
      find: async () => ({ flow: aFlow([]), version: 3 }),
      spec: async () => null,
      log: {
        read: async (runId) => logs[runId] ?? [],
        async *tail(runId) {
          yield logs[runId] ?? []
        },
      },
      start: async (spec) => void started.push(spec),
      cancel: async () => true,
      runId: () => 'after',
    }
  }
  const attempt = (runs: FlowRuns | null) =>
    createFlow(runs)(
      {
        run: { kind: 'flow', flow: 'f' },
        arguments: { input: { deep: true } },
        idempotencyKey: 'outer:2',
        timeoutMs: 30_000,
      },
      new AbortController().signal,
    )

  test('takes up the run that it began before', async () => {
    const started: RunSpec[] = []
    expect(await attempt(runsWith('succeeded', started))).toEqual({ ok: true, result: 'It is 7 m.' })
    expect(started).toEqual([])
  })

  test('begins another when that one was cancelled', async () => {
    const started: RunSpec[] = []
    expect(await attempt(runsWith('cancelled', started))).toMatchObject({ ok: true })
    expect(started).toMatchObject([
      {
        runId: 'after',
        input: '{"deep":true}',
        origin: { id: 'f', version: 3 },
        parent: { run: 'outer', call: 2, depth: 1 },
      },
    ])
  })

  test('is refused when the outermost run has led to as many runs as it may, also from deep inside', async () => {
    const started: RunSpec[] = []
    const tool = createFlow({
      ...runsWith('cancelled', started),
      spec: async (runId) => ({ parent: { run: 'outer', call: 1, depth: 1, root: 'outer' }, runId }) as RunSpec,
    })
    const call = (run: string) =>
      tool(
        { run: { kind: 'flow', flow: 'f' }, arguments: { input: 'x' }, idempotencyKey: `${run}:2`, timeoutMs: 1 },
        new AbortController().signal,
      )
    for (let nth = 0; nth < MOST_NESTED_RUNS; nth++) await call(`inner-${nth % 7}`)
    expect(started).toHaveLength(MOST_NESTED_RUNS)
    expect(started.at(-1)?.parent).toMatchObject({ depth: 2, root: 'outer' })
    expect(await call('inner-3')).toMatchObject({
      ok: false,
      code: 'limit',
      message: expect.stringContaining('1000 runs'),
    })
    expect(started).toHaveLength(MOST_NESTED_RUNS)
  })

  test('says on the command line that there are no saved flows', async () => {
    expect(await attempt(null)).toMatchObject({
      code: 'tool_error',
      message: expect.stringContaining('kept by a server'),
    })
  })
})

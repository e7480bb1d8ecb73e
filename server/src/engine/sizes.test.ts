import { expect, test } from 'vitest'
import { createMemoryEventLog } from '../store/memoryEventLog.ts'
import { manualClock } from '../testing/manualClock.ts'
import { aFlow, aTool, data, RUN, runWith } from '../testing/runWith.ts'
import { scriptedModel } from '../testing/scriptedModel.ts'
import { createEngine } from './engine.ts'
import { MOST_CHARACTERS, MOST_LEVELS } from './factSize.ts'
import type { EventLog } from './ports.ts'

const deep = (levels: number) => {
  let value: unknown = 1
  for (let level = 0; level < levels; level++) value = [value]
  return value
}

test.each([
  ['larger than a run keeps', 'x'.repeat(MOST_CHARACTERS), /larger than 32 MB/],
  ['that repeats one value until no text could hold it', Array(3000).fill('x'.repeat(1_000_000)), /larger than 32 MB/],
  ['nested deeper than a run keeps', deep(MOST_LEVELS), /nested deeper than 1000 levels/],
  ['nested without measure', deep(200_000), /nested deeper/],
])('a result %s ends its call, and the run goes on', async (_what, result, message) => {
  const run = await runWith({
    flow: aFlow(['odd', 'plain']),
    turns: [{ calls: [{ tool: 'odd' }, { tool: 'plain' }] }, { text: 'Done.' }],
    tools: { odd: { result } },
  })
  expect(run.run.calls.map(({ status }) => status)).toEqual(['failed', 'succeeded'])
  expect(run.run.calls[0]?.error).toMatchObject({ code: 'internal', message: expect.stringMatching(message) })
  expect(run.run.status).toBe('succeeded')
})

test('a result of 10 MB and 500 levels is kept and passed on', async () => {
  const result = ['x'.repeat(10 * 1024 * 1024), deep(498)]
  const run = await runWith({
    flow: aFlow(['fetch', 'use'], [data('fetch', 'use')]),
    turns: [{ calls: [{ tool: 'fetch' }, { tool: 'use', arguments: { all: { from_call: 1 } } }] }, { text: 'Done.' }],
    tools: { fetch: { result } },
  })
  expect(run.run.calls.map(({ status }) => status)).toEqual(['succeeded', 'succeeded'])
  expect(run.run.calls[1]?.arguments).toEqual({ all: result })
})

test.each([
  ['as values', Array.from({ length: 300 }, () => ({ from_call: 1 }))],
  ['inside a text', { from_call: 1, text: '{}'.repeat(300) }],
])('one large result named very often %s fails the call that names it, unexecuted', async (_how, all) => {
  const run = await runWith({
    flow: aFlow(['fetch', 'use'], [data('fetch', 'use')]),
    turns: [{ calls: [{ tool: 'fetch' }, { tool: 'use', arguments: { all } }] }, { text: 'Done.' }],
    tools: { fetch: { result: 'x'.repeat(2_000_000) } },
  })
  expect(run.run.calls[1]?.error).toMatchObject({
    code: 'invalid_reference',
    message: expect.stringContaining('larger than 16 MB together'),
  })
  expect(run.executions.map(({ tool }) => tool)).toEqual(['fetch'])
})

test('instructions that grow beyond measure fail the run with a sentence', async () => {
  const flow = aFlow(['plain'], [], {
    system: '{{long}}'.repeat(300),
    variables: { long: 'x'.repeat(100_000) },
  })
  const { run } = await runWith({ flow, turns: [{ text: 'Never said.' }] })
  expect([run.status, run.error?.code, run.error?.message]).toEqual([
    'failed',
    'limit',
    expect.stringContaining('larger than 16 MB'),
  ])
})

test('a fault of our own is offered once: the run is let go, and nothing repeats it for ever', async () => {
  const clock = manualClock()
  const stored = createMemoryEventLog()
  let appends = 0
  const log: EventLog = {
    ...stored,
    async append() {
      appends++
      throw new RangeError('Invalid string length')
    },
  }
  const faults: unknown[] = []
  const engine = createEngine({
    models: scriptedModel(clock, [{ text: 'Hello.' }]).models,
    tools: { run: async () => ({ ok: true, result: null }) },
    log,
    clock,
    randomness: { next: () => 0.5 },
    validate: () => null,
    onFault: (fault) => faults.push(fault),
  })
  await engine.start({
    runId: RUN,
    flow: aFlow([aTool('pay')]),
    origin: { id: null, version: null },
    input: '',
    variables: {},
  })
  await clock.run()
  expect([appends, faults.length, await engine.cancel(RUN)]).toEqual([1, 1, false])
})

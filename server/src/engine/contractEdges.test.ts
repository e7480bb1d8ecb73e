import { describe, expect, test } from 'vitest'
import { aFlow, aTool, data, order, runWith } from '../testing/runWith.ts'

// Corners of contract 3 that are easy to get nearly right.

const readOnly = { annotations: { readOnlyHint: true } }
const broken = { code: 'stream', message: 'the stream broke', retry: true }
const call = (tool: string, args: unknown = {}, afterMs = 0) => ({ tool, arguments: args, afterMs })

describe('a broken turn', () => {
  test('leaves no equal call without its execution', async () => {
    const flow = aFlow([aTool('read', { ...readOnly, policy: { cache: 'run', concurrency: 1 } })])
    const calls = [call('read', { k: 1 }), call('read', { k: 2 })]
    const run = await runWith({
      flow,
      turns: [{ calls, holdMs: 100, broken }, { calls }, { text: 'Done.' }],
      tools: { read: { ms: 400 } },
    })
    expect(run.ends).toEqual(['succeeded', 'cancelled', 'succeeded', 'succeeded'])
    expect(run.executions.length).toBe(2)
  })

  test('is not held up by a call that only the broken try made', async () => {
    const flow = aFlow([aTool('slow', readOnly), 'write'])
    const turns = [{ calls: [call('slow')], holdMs: 10, broken }, { calls: [call('write')] }, { text: 'Done.' }]
    const run = await runWith({ flow, turns, tools: { slow: { ms: 60_000 } } })
    expect(run.run.at).toBeLessThan(1_000)
    expect(run.ends).toEqual(['cancelled', 'succeeded'])
    expect(run.run.summary?.callsPerTurn).toBe(1)
  })

  test('does not use up the calls a run may make', async () => {
    const calls = [call('write'), call('write'), call('write')]
    const run = await runWith({
      flow: aFlow(['write'], [], { limits: { calls: 3 } }),
      turns: [{ calls, broken }, { calls }, { text: 'Done.' }],
    })
    expect(run.ends.slice(3)).toEqual(['succeeded', 'succeeded', 'succeeded'])
  })
})

describe('places', () => {
  test('go by what is known of the turn by now, also while the model still emits', async () => {
    const tools = ['z', 'l', 'a', 'b'].map((name) => aTool(name, readOnly))
    const flow = aFlow(tools, [data('a', 'b')], { limits: { concurrency: 1 } })
    const calls = [call('z'), call('l'), call('a'), call('b', { x: { from_call: 3 } })]
    const run = await runWith({
      flow,
      turns: [{ calls, holdMs: 200 }, { text: 'Done.' }],
      tools: { z: { ms: 100 }, l: { ms: 10 }, a: { ms: 10 }, b: { ms: 10 } },
    })
    expect(run.of('call.started').map((event) => event.call)).toEqual([1, 3, 2, 4])
  })
})

describe('waiting', () => {
  test('along both an order and a data edge, a call waits for those it refers to alone', async () => {
    const flow = aFlow(['u', 't'], [order('u', 't'), data('u', 't')])
    const run = await runWith({
      flow,
      turns: [
        { calls: [call('u', { ms: 10 }), call('u', { ms: 500 }), call('t', { x: { from_call: 1 } })] },
        { text: 'Done.' },
      ],
      tools: { u: ({ ms }) => ({ ms: ms as number }) },
    })
    expect([run.run.calls[2]?.waitsFor, run.startOf(3)]).toEqual([[1], 10])
  })

  test('the record names all a call waited for, also what had ended before the message did', async () => {
    const flow = aFlow([aTool('a', readOnly), 'b', 'c'], [order('a', 'b'), order('b', 'c')])
    const run = await runWith({
      flow,
      turns: [{ calls: [call('a'), call('b'), call('c')], holdMs: 300 }, { text: 'Done.' }],
      tools: { a: { ms: 20 }, b: { fails: 'no' } },
    })
    expect(run.run.calls.map((one) => one.waitsFor)).toEqual([[], [1], [2]])
  })

  test('n calls that wait for n others tell it in few words', async () => {
    const limits = { callsPerTurn: 1000, calls: 1000, concurrency: 1000 }
    const many = (tool: string) => Array.from({ length: 100 }, () => call(tool))
    const run = await runWith({
      flow: aFlow(['a', 'b'], [order('a', 'b')], { limits }),
      turns: [{ calls: [...many('a'), ...many('b')] }, { text: 'Done.' }],
      tools: { a: { ms: 5 } },
    })
    expect(run.of('call.waiting').length).toBeLessThanOrEqual(300)
  })
})

test('a required mapped parameter without a source call is refused, also when the model made a value up', async () => {
  const target = aTool('t', {
    parameters: { type: 'object', properties: { px: { type: 'number' } }, required: ['px'] },
  })
  const run = await runWith({
    flow: aFlow(['a', target], [data('a', 't', { map: { px: 'x' } })]),
    turns: [{ calls: [call('t', { px: 4 })] }, { text: 'Done.' }],
  })
  expect(run.ends).toEqual(['invalid_reference'])
})

test('a turn that a filter ended is finished with that reason before the run fails', async () => {
  const run = await runWith({ flow: aFlow(['write']), turns: [{ calls: [call('write')], stopReason: 'filter' }] })
  expect(run.of('turn.finished')).toMatchObject([{ turn: 1, stopReason: 'filter' }])
  expect([run.ends, run.run.error?.code]).toEqual([['truncated'], 'filter'])
})

test('in a volley by hand, arguments that are null are no arguments', async () => {
  const run = await runWith({ flow: aFlow(['write']), batch: [{ tool: 'write', arguments: null }, { tool: 'write' }] })
  expect(run.ends).toEqual(['invalid_arguments', 'succeeded'])
})

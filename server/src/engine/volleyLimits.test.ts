import { describe, expect, test } from 'vitest'
import { aFlow, aTool, data, order, runWith } from '../testing/runWith.ts'

const calls = (...tools: string[]) => [{ calls: tools.map((tool) => ({ tool })) }, { text: 'Done.' }]
const readOnly = { annotations: { readOnlyHint: true } }

describe('limits', () => {
  test('a tool runs no more at once than its concurrency', async () => {
    const run = await runWith({
      flow: aFlow([aTool('crane', { policy: { concurrency: 2 } })]),
      turns: calls('crane', 'crane', 'crane', 'crane', 'crane'),
      tools: { crane: { ms: 60 } },
    })
    expect([1, 2, 3, 4, 5].map(run.startOf)).toEqual([0, 0, 60, 60, 120])
  })

  test('one key at a time, in number order, beside other keys', async () => {
    const flow = aFlow([aTool('crane', { policy: { exclusive: 'dock:{{dock}}' } })])
    const turns = [{ calls: [7, 7, 8].map((dock) => ({ tool: 'crane', arguments: { dock } })) }, { text: 'Done.' }]
    const run = await runWith({ flow, turns, tools: { crane: { ms: 60 } } })
    expect([1, 2, 3].map(run.startOf)).toEqual([0, 60, 0])
  })

  test('with fewer places than calls the longest way to the end goes first', async () => {
    const flow = aFlow(['leaf', 'a', 'b', 'c'], [order('a', 'b'), order('b', 'c')], { limits: { concurrency: 1 } })
    const run = await runWith({
      flow,
      turns: calls('leaf', 'c', 'b', 'a'),
      tools: { leaf: { ms: 10 }, a: { ms: 10 }, b: { ms: 10 }, c: { ms: 10 } },
    })
    expect([4, 3, 1, 2].map(run.startOf)).toEqual([0, 10, 20, 30])
  })

  test('calls beyond callsPerTurn and calls fail with limit', async () => {
    const perTurn = await runWith({
      flow: aFlow(['crane'], [], { limits: { callsPerTurn: 2 } }),
      turns: calls('crane', 'crane', 'crane'),
    })
    expect(perTurn.ends).toEqual(['succeeded', 'succeeded', 'limit'])
    const perRun = await runWith({
      flow: aFlow(['crane'], [], { limits: { calls: 1 } }),
      turns: calls('crane', 'crane'),
    })
    expect(perRun.ends).toEqual(['succeeded', 'limit'])
  })

  test('after its last turn the model is asked once more without tools', async () => {
    const run = await runWith({
      flow: aFlow(['crane'], [], { limits: { turns: 1 } }),
      turns: [{ calls: [{ tool: 'crane' }] }, { text: 'All I know.' }],
    })
    expect([run.run.status, run.run.output, run.requests[1]?.tools]).toEqual(['succeeded', 'All I know.', []])
  })

  test('a model that calls without being offered tools executes nothing and ends the run', async () => {
    const run = await runWith({
      flow: aFlow(['crane'], [], { limits: { turns: 1 } }),
      turns: [{ text: 'Once more.', calls: [{ tool: 'crane' }] }],
    })
    expect([run.executions.length, run.ends, run.run.status]).toEqual([1, ['succeeded', 'limit'], 'succeeded'])
  })

  test('the run stops at its time limit and aborts what runs', async () => {
    const run = await runWith({
      flow: aFlow(['ferry'], [], { limits: { timeoutMs: 500 } }),
      turns: calls('ferry'),
      tools: { ferry: { hangs: true } },
    })
    expect([run.run.status, run.run.error?.code, run.ends, run.run.at]).toEqual([
      'failed',
      'timeout',
      ['cancelled'],
      500,
    ])
  })
})

describe('equal calls, approval, cancel, cut messages', () => {
  test('with cache run, equal calls execute once and share the result', async () => {
    const flow = aFlow([aTool('lookup', { policy: { cache: 'run' } })])
    const turns = [
      { calls: [{ a: 1, b: 2 }, { b: 2, a: 1 }, { a: 3 }].map((args) => ({ tool: 'lookup', arguments: args })) },
      { text: 'Done.' },
    ]
    const run = await runWith({ flow, turns, tools: { lookup: { ms: 20, result: 'blue' } } })
    expect(run.executions.length).toBe(2)
    expect(run.run.calls[1]).toMatchObject({ status: 'succeeded', coalescedWith: 1, result: 'blue' })
  })

  test('an approval holds back only its call and what depends on it', async () => {
    const flow = aFlow(
      [aTool('open_lock', { policy: { approval: 'always' } }), 'pass', 'tide'],
      [order('open_lock', 'pass')],
    )
    const turns = calls('open_lock', 'pass', 'tide')
    const granted = await runWith({
      flow,
      turns,
      during: [
        {
          at: 700,
          act: (engine) => engine.decide('run-1', 1, { approve: true }).then((known) => expect(known).toBe(true)),
        },
      ],
    })
    expect([1, 2, 3].map(granted.startOf)).toEqual([700, 700, 0])
    const refused = await runWith({
      flow,
      turns,
      during: [{ at: 700, act: (engine) => engine.decide('run-1', 1, { approve: false, reason: 'fog' }) }],
    })
    expect(refused.ends).toEqual(['denied', 'dependency_failed', 'succeeded'])
  })

  test('cancel ends calls and run at once, and aborts the tools', async () => {
    const flow = aFlow(['ferry', 'pier'], [order('ferry', 'pier')])
    const run = await runWith({
      flow,
      turns: calls('ferry', 'pier'),
      tools: { ferry: { hangs: true } },
      during: [{ at: 90, act: (engine) => engine.cancel('run-1') }],
    })
    expect([run.run.status, run.ends, run.run.at, run.executions[0]?.aborted]).toEqual([
      'cancelled',
      ['cancelled', 'cancelled'],
      90,
      true,
    ])
  })

  test('a message cut at the token limit fails what has not started, and the run goes on', async () => {
    const flow = aFlow([aTool('look', readOnly), 'write'])
    const turns = [
      {
        calls: [{ tool: 'look' }, { tool: 'write' }, { tool: 'write', arguments: '{"line": "half', complete: false }],
        stopReason: 'length' as const,
        holdMs: 5,
      },
      { text: 'Shorter then.' },
    ]
    const run = await runWith({ flow, turns })
    expect([run.ends, run.run.status, run.run.turns[0]?.stopReason]).toEqual([
      ['succeeded', 'truncated', 'truncated'],
      'succeeded',
      'length',
    ])
  })

  test('a refusal fails the run with the reason and executes nothing more', async () => {
    const run = await runWith({
      flow: aFlow(['write']),
      turns: [{ calls: [{ tool: 'write' }], stopReason: 'refusal', reason: 'no' }],
    })
    expect([run.run.status, run.run.error, run.ends, run.executions.length]).toEqual([
      'failed',
      { code: 'refusal', message: 'The model refused to answer: no' },
      ['truncated'],
      0,
    ])
  })

  test('a batch is one volley by hand: no model, output null, succeeded whatever its calls did', async () => {
    const flow = aFlow(['chart', 'log'], [data('chart', 'log')])
    const batch = [
      { tool: 'chart' },
      { tool: 'log', arguments: { sheet: { from_call: 1, path: 'no' } } },
      { tool: 'sextant' },
    ]
    const run = await runWith({ flow, batch, tools: { chart: { result: { no: 12 } } } })
    expect([run.run.status, run.run.output, run.requests.length, run.ends]).toEqual([
      'succeeded',
      null,
      0,
      ['succeeded', 'succeeded', 'unknown_tool'],
    ])
  })
})

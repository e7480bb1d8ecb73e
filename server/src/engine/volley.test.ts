import { describe, expect, test } from 'vitest'
import { aFlow, aTool, data, order, runWith } from '../testing/runWith.ts'

const calls = (...tools: string[]) => [{ calls: tools.map((tool) => ({ tool })) }, { text: 'Done.' }]
const readOnly = { annotations: { readOnlyHint: true } }

describe('waiting', () => {
  test('three independent calls of a second each end together after one second', async () => {
    const run = await runWith({
      flow: aFlow(['wind', 'waves', 'fog']),
      turns: calls('wind', 'waves', 'fog'),
      tools: { wind: { ms: 1000 }, waves: { ms: 1000 }, fog: { ms: 1000 } },
    })
    expect([1, 2, 3].map(run.startOf)).toEqual([0, 0, 0])
    expect(run.run.summary).toMatchObject({ elapsedMs: 1000, serialMs: 3000, speedup: 3, maxConcurrency: 3 })
  })

  test('a call waits for its source, also when it was emitted first', async () => {
    const run = await runWith({
      flow: aFlow(['moor', 'unload'], [order('moor', 'unload')]),
      turns: calls('unload', 'moor'),
      tools: { moor: { ms: 80 } },
    })
    expect(run.of('call.waiting')).toMatchObject([{ call: 1, waitsFor: [2] }])
    expect(run.startOf(1)).toBe(80)
  })

  test('order holds across a tool that was not called', async () => {
    const flow = aFlow(['moor', 'inspect', 'unload'], [order('moor', 'inspect'), order('inspect', 'unload')])
    const run = await runWith({ flow, turns: calls('moor', 'unload'), tools: { moor: { ms: 80 } } })
    expect(run.startOf(2)).toBe(80)
  })

  test('an edge to itself makes no call of a tool wait for another', async () => {
    const run = await runWith({
      flow: aFlow(['dig'], [data('dig', 'dig')]),
      turns: calls('dig', 'dig'),
      tools: { dig: { ms: 50 } },
    })
    expect([1, 2].map(run.startOf)).toEqual([0, 0])
  })

  test('in serial, calls sent together run one after the other', async () => {
    const run = await runWith({
      flow: aFlow(['a', 'b'], [], { parallelism: 'serial' }),
      turns: calls('b', 'a', 'b'),
      tools: { a: { ms: 10 }, b: { ms: 20 } },
    })
    expect([1, 2, 3].map(run.startOf)).toEqual([0, 20, 30])
    expect(run.requests[0]?.parallel).toBe(false)
  })
})

describe('references', () => {
  const flow = aFlow(['sound', 'assign', 'wind'], [data('sound', 'assign')])
  const turn = (...list: [string, unknown][]) => [
    { calls: list.map(([tool, args]) => ({ tool, arguments: args })) },
    { text: 'Done.' },
  ]

  test('a reference waits for that call alone and takes the value at its path', async () => {
    const run = await runWith({
      flow,
      turns: turn(
        ['sound', { at: 1 }],
        ['sound', { at: 2 }],
        ['assign', { depth: { from_call: 1, path: 'm' }, note: { from_call: 1, path: 'm', text: '{} m' } }],
      ),
      tools: { sound: ({ at }) => ({ ms: at === 1 ? 40 : 400, result: { m: at } }) },
    })
    expect(run.startOf(3)).toBe(40)
    expect(run.run.calls[2]?.arguments).toEqual({ depth: 1, note: '1 m' })
    expect(run.run.calls[2]?.waitsFor).toEqual([1])
  })

  test('a reference to a later call, to another tool or to nothing fails its own call, unexecuted', async () => {
    const run = await runWith({
      flow,
      turns: turn(
        ['assign', { x: { from_call: 2 } }],
        ['sound', {}],
        ['assign', { x: { from_call: 2, path: 'crane' } }],
        ['wind', {}],
        ['assign', { x: { from_call: 4 } }],
        ['assign', { x: { from_call: 0 } }],
      ),
    })
    expect(run.ends).toEqual([
      'invalid_reference',
      'succeeded',
      'invalid_reference',
      'succeeded',
      'invalid_reference',
      'invalid_reference',
    ])
    expect(run.executions.map((one) => one.tool)).toEqual(['sound', 'wind'])
  })

  test('what looks like a reference inside a result stays data', async () => {
    const trap = { from_call: 1, text: '{{secret.KEY}} {}' }
    const run = await runWith({
      flow,
      turns: turn(['sound', {}], ['assign', { x: { from_call: 1 } }]),
      tools: { sound: { result: trap } },
    })
    expect(run.run.calls[1]?.arguments).toEqual({ x: trap })
  })

  test('a mapped edge fills its parameters from the call that is named, or from the only one there is', async () => {
    const target = aTool('assign', {
      parameters: { type: 'object', properties: { pier: {}, ship: {} }, required: ['pier'] },
    })
    const mapped = aFlow(['sound', target], [data('sound', 'assign', { map: { pier: 'at.pier' } })])
    const tools = { sound: { result: { at: { pier: 'north' } } } }
    const named = await runWith({
      flow: mapped,
      tools,
      turns: turn(['sound', {}], ['assign', { ship: 'Alba', sound: 1 }]),
    })
    expect(named.run.calls[1]?.arguments).toEqual({ ship: 'Alba', pier: 'north' })
    const only = await runWith({ flow: mapped, tools, turns: turn(['sound', {}], ['assign', { ship: 'Alba' }]) })
    expect(only.run.calls[1]?.arguments).toEqual({ ship: 'Alba', pier: 'north' })
    const several = await runWith({
      flow: mapped,
      tools,
      turns: turn(['sound', {}], ['sound', {}], ['assign', { ship: 'Alba' }]),
    })
    expect(several.ends[2]).toBe('invalid_reference')
    const none = await runWith({ flow: mapped, tools, turns: turn(['assign', { ship: 'Alba' }]) })
    expect(none.ends).toEqual(['invalid_reference'])
  })

  test('in batch parallelism nothing is a reference', async () => {
    const batch = { ...flow, agent: { ...flow.agent, parallelism: 'batch' as const } }
    const run = await runWith({ flow: batch, turns: turn(['sound', {}], ['assign', { x: { from_call: 9 } }]) })
    expect(run.run.calls[1]?.arguments).toEqual({ x: { from_call: 9 } })
  })
})

describe('eager start', () => {
  test('a repeatable call starts while the model still emits, another after the message', async () => {
    const run = await runWith({
      flow: aFlow([aTool('look', readOnly), 'write']),
      turns: [
        { calls: [{ tool: 'look' }, { tool: 'write' }, { tool: 'look', afterMs: 300 }], holdMs: 100 },
        { text: 'Seen.' },
      ],
    })
    expect([1, 2, 3].map(run.startOf)).toEqual([0, 400, 300])
    expect(run.of('call.started').map((event) => [event.call, event.eager])).toEqual([
      [1, true],
      [3, true],
      [2, false],
    ])
  })

  test('a repeatable call whose waits may still grow is held until the message ends', async () => {
    const run = await runWith({
      flow: aFlow([aTool('look', readOnly), 'dredge'], [order('dredge', 'look')]),
      turns: [{ calls: [{ tool: 'look' }, { tool: 'dredge', afterMs: 200 }] }, { text: 'Seen.' }],
      tools: { dredge: { ms: 30 } },
    })
    expect(run.startOf(1)).toBe(230)
  })

  test('a broken turn is asked again: finished eager results are adopted, unstarted calls are taken back', async () => {
    const both = [{ tool: 'look', arguments: { at: 'buoy' } }, { tool: 'write' }]
    const broken = { code: 'stream', message: 'the stream broke', retry: true }
    const run = await runWith({
      flow: aFlow([aTool('look', readOnly), 'write']),
      turns: [{ calls: both, holdMs: 50, broken }, { calls: both }, { text: 'Seen.' }],
    })
    expect(run.run.status).toBe('succeeded')
    expect(run.ends).toEqual(['succeeded', 'cancelled', 'succeeded', 'succeeded'])
    expect(run.run.calls[2]?.adoptedFrom).toBe(1)
    expect(run.executions.map((one) => one.tool)).toEqual(['look', 'write'])
    expect(run.of('turn.retrying')).toMatchObject([{ turn: 1, attempt: 1, error: { code: 'stream' } }])
    expect(run.requests[2]?.messages).toMatchObject([
      { role: 'user' },
      { role: 'assistant', calls: [{ tool: 'look' }, { tool: 'write' }] },
      { role: 'results' },
    ])
  })

  test('a turn that breaks three times fails the run', async () => {
    const broken = { code: 'stream', message: 'the stream broke', retry: true }
    const run = await runWith({ flow: aFlow([]), turns: [{ broken }] })
    expect([run.requests.length, run.run.status, run.run.error?.code]).toEqual([3, 'failed', 'stream'])
  })
})

describe('failure', () => {
  test('a failed call skips only those that depend on it; with continue they go on', async () => {
    const flow = aFlow(
      ['moor', 'unload', 'stow', 'refuel', 'report'],
      [order('moor', 'unload'), order('unload', 'stow'), order('moor', 'report', { onFailure: 'continue' })],
    )
    const run = await runWith({
      flow,
      turns: calls('moor', 'unload', 'stow', 'refuel', 'report'),
      tools: { moor: { fails: 'the rope broke' } },
    })
    expect(run.ends).toEqual(['tool_error', 'dependency_failed', 'dependency_failed', 'succeeded', 'succeeded'])
    expect([run.run.calls[1]?.error?.call, run.run.calls[2]?.error?.call]).toEqual([1, 1])
    const results = run.requests[1]?.messages.at(-1)
    expect(results).toMatchObject({
      results: [
        { text: 'Error (tool_error): the rope broke', isError: true },
        {},
        {},
        { text: '{"from":"refuel"}', isError: false },
        {},
      ],
    })
  })

  test('a tool that ignores its abort cannot hold the turn beyond its time limit', async () => {
    const run = await runWith({
      flow: aFlow([aTool('ferry', { policy: { timeoutMs: 150 } }), 'row']),
      turns: calls('ferry', 'row'),
      tools: { ferry: { hangs: true }, row: { ms: 10 } },
    })
    expect(run.ends).toEqual(['timeout', 'succeeded'])
    expect(run.endOf(1)).toBe(150)
    expect(run.executions[0]?.aborted).toBe(true)
  })

  test('a repeatable tool is tried again with one key, another is not', async () => {
    const outcome = { ok: false as const, code: 'tool_error' as const, message: '503', retry: true }
    const flow = aFlow([aTool('radar', readOnly), aTool('horn', { policy: { retries: 5 } })])
    const run = await runWith({
      flow,
      turns: calls('radar', 'horn'),
      tools: { radar: (_args, nth) => (nth === 1 ? { outcome } : { result: 'clear' }), horn: { outcome } },
    })
    expect(run.ends).toEqual(['succeeded', 'tool_error'])
    expect(run.executions.map((one) => [one.tool, one.key])).toEqual([
      ['radar', 'run-1:1'],
      ['horn', 'run-1:2'],
      ['radar', 'run-1:1'],
    ])
    expect(run.of('call.retrying')).toMatchObject([
      { call: 1, attempt: 1, error: { code: 'tool_error' }, delayMs: 188 },
    ])
  })

  test('unknown tools and bad arguments are results for the model, and harm no sibling', async () => {
    const run = await runWith({
      flow: aFlow(['moor']),
      turns: [
        {
          calls: [
            { tool: 'anchor' },
            { tool: 'moor', arguments: '{"a": 1,}' },
            { tool: 'moor', arguments: '[4]' },
            { tool: 'moor', arguments: '' },
          ],
        },
        { text: 'Done.' },
      ],
    })
    expect(run.ends).toEqual(['unknown_tool', 'invalid_arguments', 'invalid_arguments', 'succeeded'])
    expect(run.run.calls[0]?.error?.message).toContain('moor')
  })
})

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

import { describe, expect, test } from 'vitest'
import { aFlow, aTool, data, resumeWith, runWith, type Scene } from '../testing/runWith.ts'

const hinted = { annotations: { readOnlyHint: true } }
const broken = { code: 'stream', message: 'The stream broke.', retry: true }
const done = { text: 'Done.' }

// Every log that is played here is checked whole by `runWith`: one end for every call is not said again.

describe('a turn that breaks', () => {
  test('twice, while a call runs that each try asks for, gives each of these calls one end', async () => {
    const calls = [{ tool: 'look' }]
    const run = await runWith({
      flow: aFlow([aTool('look', hinted)]),
      turns: [{ calls, broken }, { calls, broken }, { calls }, done],
      tools: { look: { ms: 2000 } },
    })
    expect(run.ends).toEqual(['succeeded', 'cancelled', 'succeeded'])
    expect(run.run.calls[2]?.adoptedFrom).toBe(1)
    expect(run.executions).toHaveLength(1)
  })

  test('takes back a call and the equal one that waits for its result, each once; the next try executes one of them', async () => {
    const flow = aFlow([aTool('sail', hinted), aTool('look', { ...hinted, policy: { cache: 'run' } })], [], {
      limits: { concurrency: 1 },
    })
    const calls = [{ tool: 'sail' }, { tool: 'look' }, { tool: 'look' }]
    const run = await runWith({ flow, turns: [{ calls, broken }, { calls }, done], tools: { sail: { ms: 1000 } } })
    expect(run.ends).toEqual(['succeeded', 'cancelled', 'cancelled', 'succeeded', 'succeeded', 'succeeded'])
    expect(run.executions.map(({ tool }) => tool)).toEqual(['sail', 'look'])
    expect(run.run.calls[5]?.coalescedWith).toBe(5)
  })

  test('leaves the numbers that the model sees to the try that counts', async () => {
    const flow = aFlow([aTool('sound', hinted), 'assign'], [data('sound', 'assign')])
    const calls = [{ tool: 'sound' }, { tool: 'assign', arguments: { depth: { from_call: 1, path: 'm' } } }]
    const tools = { sound: { ms: 10, result: { m: 7 } } }
    const run = await runWith({ flow, turns: [{ calls, broken }, { calls }, done], tools })
    expect(run.run.calls[3]?.arguments).toEqual({ depth: 7 })
  })
})

test('a message cut at the token limit gives a call and the equal one that waits for its result one end each', async () => {
  const flow = aFlow([aTool('sail', hinted), aTool('look', { ...hinted, policy: { cache: 'run' } })], [], {
    limits: { concurrency: 1 },
  })
  const calls = [{ tool: 'sail' }, { tool: 'look' }, { tool: 'look' }]
  const run = await runWith({ flow, turns: [{ calls, stopReason: 'length' }, done], tools: { sail: { ms: 100 } } })
  expect(run.ends).toEqual(['succeeded', 'truncated', 'truncated'])
})

test('what a call still waits for is said without those that ended with the one just ended', async () => {
  const edge = (from: string, to: string, onFailure: 'skip' | 'continue') => ({
    from,
    to,
    kind: 'order' as const,
    onFailure,
  })
  const edges = [
    edge('moor', 'inspect', 'skip'),
    edge('moor', 'report', 'continue'),
    edge('inspect', 'report', 'continue'),
  ]
  const run = await runWith({
    flow: aFlow(['moor', 'inspect', 'report', 'wait'], [...edges, edge('wait', 'report', 'skip')]),
    turns: [{ calls: ['wait', 'inspect', 'report', 'moor'].map((tool) => ({ tool })) }, done],
    tools: { moor: { ms: 10, fails: 'it broke' }, wait: { ms: 50 } },
  })
  expect(run.of('call.waiting', 3).map(({ waitsFor }) => waitsFor)).toEqual([[1, 2, 4], [1]])
  expect(run.ends).toEqual(['succeeded', 'dependency_failed', 'succeeded', 'tool_error'])
})

describe('after a crash', () => {
  const cutAfter = async (scene: Scene, type: string, nth = 1) => {
    const { events } = await runWith(scene)
    let seen = 0
    return events.slice(0, events.findIndex((event) => event.type === type && ++seen === nth) + 1)
  }

  test('a message that a filter or a refusal ended starts none of its calls', async () => {
    for (const stopReason of ['filter', 'refusal'] as const) {
      const scene = { flow: aFlow(['pay']), turns: [{ calls: [{ tool: 'pay' }], stopReason }] }
      const run = await resumeWith(scene, await cutAfter(scene, 'message.finished'))
      expect([run.ends, run.executions, run.run.error?.code]).toEqual([['truncated'], [], stopReason])
    }
  })

  test('an equal call of a later turn still takes over the result that was there', async () => {
    const flow = aFlow([aTool('look', { ...hinted, policy: { cache: 'run' } })])
    const scene = { flow, turns: [{ calls: [{ tool: 'look' }] }, { calls: [{ tool: 'look' }] }, done] }
    const run = await resumeWith(scene, await cutAfter(scene, 'turn.started', 2))
    expect([run.executions, run.run.calls[1]?.coalescedWith]).toEqual([[], 1])
  })

  test('a repeatable call of a broken try that took a value from another is executed again, not given up', async () => {
    const flow = aFlow([aTool('sound', hinted), aTool('chart', hinted)], [data('sound', 'chart')])
    const calls = [{ tool: 'sound' }, { tool: 'chart', arguments: { depth: { from_call: 1, path: 'm' } } }]
    const scene = {
      flow,
      turns: [{ calls, holdMs: 50, broken }, { calls, holdMs: 50 }, done],
      tools: { sound: { ms: 10, result: { m: 7 } }, chart: { ms: 5000 } },
    }
    const run = await resumeWith(scene, await cutAfter(scene, 'turn.retrying'))
    expect(run.run.calls[1]).toMatchObject({ status: 'succeeded', arguments: { depth: 7 } })
    expect(run.executions.filter(({ key }) => key === 'run-1:2')).toHaveLength(1)
  })
})

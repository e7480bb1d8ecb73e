import { runFromEvents } from '@volley/shared/run/state.ts'
import { describe, expect, test } from 'vitest'
import type { Limits } from '../engine/ports.ts'
import type { ManualClock } from '../testing/manualClock.ts'
import { aFlow, aTool, order, runWith } from '../testing/runWith.ts'
import { createLimits } from './limits.ts'
import type { GivenLimit } from './limitsOf.ts'

const calls = (...tools: string[]) => [{ calls: tools.map((tool) => ({ tool })) }, { text: 'Done.' }]
const FLOW_ID = 'harbour'
const SAVED = { id: FLOW_ID, version: 1 }
const NEVER = { isAborted: false, onAbort: () => () => {} }

const limitsOn = (clock: ManualClock, given: GivenLimit[] = []) =>
  createLimits({ given, clock, randomness: { next: () => 0 } })

/** The same, with places that another run of the flow holds until `until`. */
const sharedWith =
  (tool: ReturnType<typeof aTool>, until: number, given: GivenLimit[] = []) =>
  (clock: ManualClock): Limits => {
    const limits = limitsOn(clock, given)
    const held = limits.forCall({ runId: 'another', flow: FLOW_ID, tool }).enter(NEVER, () => {})
    clock.after(until, () => void Promise.resolve(held).then((leave) => leave?.()))
    return limits
  }

describe('a tool’s concurrency', () => {
  const crane = aTool('crane', { policy: { concurrency: 1 } })

  test('counts over all runs of a saved flow, and the trace says what a call stood in line for', async () => {
    const run = await runWith({
      flow: aFlow([crane]),
      turns: calls('crane'),
      tools: { crane: { ms: 10 } },
      origin: SAVED,
      limits: sharedWith(crane, 70),
    })
    expect(run.startOf(1)).toBe(70)
    const limit = { of: 'tool', name: 'crane', kind: 'places', most: 1 }
    expect(run.of('call.waiting', 1)).toMatchObject([{ waitsFor: [], limit }])
    expect(run.run.calls[0]?.heldBy).toEqual([{ limit, at: 0 }])
    expect(run.run.calls[0]?.durationMs).toBe(10)
  })

  test('a call in that line takes no place from the other calls of its run', async () => {
    const flow = aFlow([crane, 'tide'], [], { limits: { concurrency: 1 } })
    const run = await runWith({
      flow,
      turns: calls('crane', 'tide', 'tide'),
      tools: { crane: { ms: 10 }, tide: { ms: 30 } },
      origin: SAVED,
      limits: sharedWith(crane, 40),
    })
    // The crane is free at 40, and there is a place in the run once the call that runs then is over.
    expect([1, 2, 3].map(run.startOf)).toEqual([60, 0, 30])
    expect(run.run.summary?.maxConcurrency).toBe(1)
  })

  test('in serial the order counts: nothing overtakes it', async () => {
    const run = await runWith({
      flow: aFlow([crane, 'tide'], [], { parallelism: 'serial' }),
      turns: calls('crane', 'tide'),
      tools: { crane: { ms: 10 }, tide: { ms: 30 } },
      origin: SAVED,
      limits: sharedWith(crane, 40),
    })
    expect([1, 2].map(run.startOf)).toEqual([40, 50])
  })

  test('of a flow that was never saved holds within the run alone', async () => {
    const run = await runWith({
      flow: aFlow([crane]),
      turns: calls('crane'),
      tools: { crane: { ms: 10 } },
      limits: sharedWith(crane, 70),
    })
    expect(run.startOf(1)).toBe(0)
  })

  test('what runs another flow holds no place over all runs: the inner run may need it', async () => {
    const nested = aTool('crane', { policy: { concurrency: 1 }, run: { kind: 'flow', flow: 'inner' } })
    const run = await runWith({
      flow: aFlow([nested]),
      turns: calls('crane'),
      origin: SAVED,
      limits: sharedWith(nested, 70),
    })
    expect(run.startOf(1)).toBe(0)
  })

  test('a run that is cancelled while its call stands in line ends at once and takes nothing', async () => {
    const run = await runWith({
      flow: aFlow([crane]),
      turns: calls('crane'),
      origin: SAVED,
      limits: sharedWith(crane, 1_000),
      during: [{ at: 20, act: (engine) => void engine.cancel('run-1') }],
    })
    expect([run.run.status, run.ends, run.executions.length]).toEqual(['cancelled', ['cancelled'], 0])
  })

  test('a call that ends between its line and a place in its run gives back what it was let in for', async () => {
    const shared: Limits[] = []
    let entered: unknown
    const flow = aFlow([crane, 'tide'], [], { limits: { concurrency: 1 } })
    await runWith({
      flow,
      turns: calls('crane', 'tide'),
      tools: { tide: { ms: 100 } },
      origin: SAVED,
      limits: (clock) => {
        const limits = sharedWith(crane, 40)(clock)
        shared.push(limits)
        return limits
      },
      during: [
        { at: 50, act: (engine) => void engine.cancel('run-1') },
        {
          at: 60,
          act: () => {
            const again = shared[0]?.forCall({ runId: 'a third', flow: FLOW_ID, tool: crane })
            void Promise.resolve(again?.enter(NEVER, () => {})).then((leave) => {
              entered = leave
            })
          },
        },
      ],
    })
    expect(entered).toBeTypeOf('function')
  })

  test('what follows an order edge waits for the call, not for its line', async () => {
    const run = await runWith({
      flow: aFlow([crane, 'pay'], [order('crane', 'pay')]),
      turns: calls('crane', 'pay'),
      tools: { crane: { ms: 10 } },
      origin: SAVED,
      limits: sharedWith(crane, 50),
    })
    expect([1, 2].map(run.startOf)).toEqual([50, 60])
  })
})

describe('a rate', () => {
  test('lets so many calls begin in any stretch of its length', async () => {
    const run = await runWith({
      flow: aFlow([aTool('crane', { policy: { rate: { limit: 2, perMs: 100 } } })]),
      turns: calls('crane', 'crane', 'crane', 'crane', 'crane'),
      tools: { crane: { ms: 5 } },
      limits: (clock) => limitsOn(clock),
    })
    expect([1, 2, 3, 4, 5].map(run.startOf)).toEqual([0, 0, 100, 100, 200])
    expect(run.of('call.waiting', 3)).toMatchObject([{ limit: { kind: 'rate', most: 2, perMs: 100 } }])
  })

  test('counts another attempt as well', async () => {
    const flaky = aTool('crane', {
      policy: { rate: { limit: 1, perMs: 5_000 }, retries: 1 },
      annotations: { readOnlyHint: true },
    })
    const run = await runWith({
      flow: aFlow([flaky]),
      turns: calls('crane'),
      tools: { crane: (_, nth) => (nth === 1 ? { outcome: BUSY } : {}) },
      limits: (clock) => limitsOn(clock),
    })
    expect(run.executions.map(({ at }) => at)).toEqual([0, 5_000])
  })

  test('is kept also where a call that was let in had to wait for a place in its run', async () => {
    const paced = aTool('crane', { policy: { rate: { limit: 1, perMs: 100 } } })
    const run = await runWith({
      flow: aFlow([paced, 'tide'], [], { limits: { concurrency: 1 } }),
      turns: calls('crane', 'crane', 'crane', 'tide'),
      tools: { crane: { ms: 1 }, tide: { ms: 1_000 } },
      limits: (clock) => limitsOn(clock),
    })
    const starts = [1, 2, 3].map((call) => run.startOf(call) ?? 0)
    expect((starts[2] ?? 0) - (starts[1] ?? 0)).toBeGreaterThanOrEqual(100)
  })

  test('that stands in line hears of a pause that was asked for meanwhile', async () => {
    const limited: Limits[] = []
    const run = await runWith({
      flow: aFlow(['tide']),
      turns: [{ text: 'Done.' }],
      limits: (clock) => {
        const limits = limitsOn(clock, [{ name: 'scripted', rate: { limit: 1, perMs: 100 } }])
        limited.push(limits)
        void limits.forRequest({ runId: 'another', provider: 'scripted' }).enter(NEVER, () => {})
        return limits
      },
      during: [{ at: 50, act: () => limited[0]?.forRequest({ runId: 'another', provider: 'scripted' }).slowDown(400) }],
    })
    expect(run.run.turns[0]?.heldBy?.at(-1)?.to).toBe(450)
  })

  test('lets those of a full line stand in it in the order in which they were given their places', async () => {
    const run = await runWith({
      flow: aFlow([aTool('crane', { policy: { rate: { limit: 1, perMs: 100 } } })], [], { limits: { concurrency: 2 } }),
      turns: [
        { calls: [{ tool: 'crane' }] },
        { calls: Array.from({ length: 4 }, () => ({ tool: 'crane' })) },
        { text: 'Done.' },
      ],
      tools: { crane: { ms: 1 } },
      limits: (clock) => limitsOn(clock),
    })
    expect([2, 3, 4, 5].map(run.startOf)).toEqual([100, 200, 300, 400])
  })
})

test('a run in which a call stands in line waits for no person alone', async () => {
  const crane = aTool('crane', { policy: { concurrency: 1 } })
  const run = await runWith({
    flow: aFlow([crane, aTool('pay', { policy: { approval: 'always' } })]),
    turns: calls('crane', 'pay'),
    origin: SAVED,
    limits: sharedWith(crane, 70),
    during: [{ at: 90, act: (engine) => void engine.decide('run-1', 2, { approve: true }) }],
  })
  const at = (ms: number) => runFromEvents(run.events.filter((event) => event.at <= ms)).status
  expect([at(50), at(80)]).toEqual(['running', 'awaiting_approval'])
})

const BUSY = { ok: false as const, code: 'tool_error' as const, message: 'Busy.', retry: true }

describe('hosts and providers', () => {
  const http = (name: string) =>
    aTool(name, {
      run: { kind: 'http', url: `https://api.example.com/${name}` },
      annotations: { readOnlyHint: true },
    })

  test('so many calls to a host at once as its operator says, whatever the tool', async () => {
    const run = await runWith({
      flow: aFlow([http('tide'), http('wind')]),
      turns: calls('tide', 'wind', 'tide'),
      tools: { tide: { ms: 20 }, wind: { ms: 20 } },
      limits: (clock) => limitsOn(clock, [{ name: 'api.example.com', most: 2 }]),
    })
    expect([1, 2, 3].map(run.startOf)).toEqual([0, 0, 20])
    expect(run.of('call.waiting', 3)).toMatchObject([{ limit: { of: 'host', name: 'api.example.com' } }])
  })

  test('a host that asks for a pause gets it from every call of every run', async () => {
    const run = await runWith({
      flow: aFlow([http('tide'), http('wind')], [order('tide', 'wind', { onFailure: 'continue' })]),
      turns: calls('tide', 'wind'),
      tools: { tide: { outcome: { ...BUSY, retry: false, retryAfterMs: 2_000 } } },
      limits: (clock) => limitsOn(clock),
    })
    expect(run.startOf(2)).toBe(2_000)
    expect(run.of('call.waiting', 2).at(-1)).toMatchObject({ limit: { kind: 'pause', name: 'api.example.com' } })
  })

  test('a turn waits for the pause that its provider’s key was asked for in another run, and says so', async () => {
    const run = await runWith({
      flow: aFlow(['tide']),
      turns: [{ text: 'Done.' }],
      limits: (clock) => {
        const limits = limitsOn(clock)
        limits.forRequest({ runId: 'another', provider: 'scripted' }).slowDown(300)
        return limits
      },
    })
    expect(run.of('turn.waiting')).toMatchObject([
      { limit: { of: 'provider', name: 'scripted', kind: 'pause' } },
      { turn: 1, at: 300 },
    ])
    expect(run.run.turns[0]?.heldBy?.[0]?.to).toBe(300)
  })

  test('a key that is refused for too many requests is left alone by other runs as well', async () => {
    const held: unknown[] = []
    let another = () => {}
    const run = await runWith({
      flow: aFlow(['tide']),
      turns: [
        { broken: { code: 'rate_limited', message: 'Slow down.', retry: true, retryAfterMs: 500 } },
        { text: 'Done.' },
      ],
      limits: (clock) => {
        const limits = limitsOn(clock)
        another = () =>
          void limits.forRequest({ runId: 'another', provider: 'scripted' }).enter(NEVER, (by) => held.push(by))
        return limits
      },
      during: [{ at: 100, act: () => another() }],
    })
    expect(held).toEqual([{ of: 'provider', name: 'scripted', kind: 'pause' }])
    // The run itself has waited by then: its own line is not longer for it.
    expect([run.run.status, run.of('turn.waiting')]).toEqual(['succeeded', []])
  })
})

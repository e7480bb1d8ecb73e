import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plots, sceneOf } from '../testing/plots.ts'
import { aFlow, aTool, resumeWith, runWith } from '../testing/runWith.ts'

test('a run cut off after any event goes on to its end: nothing finished runs again, nothing unrepeatable runs twice', async () => {
  await fc.assert(
    fc.asyncProperty(plots, fc.double({ min: 0, max: 1, noNaN: true }), async (plot, where) => {
      const scene = sceneOf(plot)
      const whole = await runWith(scene)
      const stored = whole.events.slice(0, 1 + Math.floor(where * (whole.events.length - 1)))
      const run = await resumeWith(scene, stored)

      expect(run.events.slice(0, stored.length)).toEqual(stored)
      expect(run.run.status).toBe('succeeded')
      for (const call of run.run.calls) {
        expect(run.terminals(call.call)).toBe(1)
        const before = stored.filter((event) => 'call' in event && event.call === call.call)
        const hadEnded = before.some((event) => /succeeded|failed|skipped|cancelled/.test(event.type))
        const hadStarted = before.some((event) => event.type === 'call.started')
        const again = run.executions.filter((execution) => execution.key === `run-1:${call.call}`).length
        const isRepeatable = plot.hinted[Number(call.tool.slice(1))]
        if (hadEnded) expect(again).toBe(0)
        else if (hadStarted && !isRepeatable) expect([again, call.error?.code]).toEqual([0, 'interrupted'])
        else expect(again).toBeLessThanOrEqual(1)
      }
    }),
    { numRuns: 200 },
  )
}, 60_000)

describe('after a crash', () => {
  const upTo = async (scene: Parameters<typeof runWith>[0], type: string, nth = 1) => {
    const { events } = await runWith(scene)
    let seen = 0
    return events.slice(0, events.findIndex((event) => event.type === type && ++seen === nth) + 1)
  }

  test('an approval that was asked for is still open, and not asked for twice', async () => {
    const flow = aFlow([aTool('open_lock', { policy: { approval: 'always' } })])
    const scene = {
      flow,
      turns: [{ calls: [{ tool: 'open_lock' }] }, { text: 'Done.' }],
      during: [
        {
          at: 50,
          act: (engine: { decide(run: string, call: number, decision: { approve: boolean }): unknown }) =>
            engine.decide('run-1', 1, { approve: true }),
        },
      ],
    }
    const run = await resumeWith(scene, await upTo(scene, 'call.awaiting_approval'))
    expect([run.of('call.awaiting_approval').length, run.ends, run.run.status]).toEqual([1, ['succeeded'], 'succeeded'])
  })

  test('a decision that was given is not asked for again', async () => {
    const flow = aFlow([aTool('open_lock', { policy: { approval: 'always' } })])
    const turns = [{ calls: [{ tool: 'open_lock' }] }, { text: 'Done.' }]
    const during = [
      {
        at: 50,
        act: (engine: { decide(run: string, call: number, decision: { approve: boolean }): unknown }) =>
          engine.decide('run-1', 1, { approve: true }),
      },
    ]
    const run = await resumeWith({ flow, turns }, await upTo({ flow, turns, during }, 'call.approved'))
    expect([run.of('call.awaiting_approval').length, run.ends]).toEqual([1, ['succeeded']])
  })

  test('a message that was cut off is asked for again, and what its eager calls finished is adopted', async () => {
    const flow = aFlow([aTool('look', { annotations: { readOnlyHint: true } }), 'write'])
    const scene = {
      flow,
      turns: [{ calls: [{ tool: 'look' }, { tool: 'write' }], holdMs: 40 }, { text: 'Done.' }],
      tools: { look: { ms: 5 } },
    }
    const run = await resumeWith(scene, await upTo(scene, 'call.succeeded'))
    expect(run.ends).toEqual(['succeeded', 'cancelled', 'succeeded', 'succeeded'])
    expect(run.run.calls[2]?.adoptedFrom).toBe(1)
    expect(run.of('turn.retrying')).toMatchObject([{ turn: 1, error: { code: 'interrupted' } }])
  })
})

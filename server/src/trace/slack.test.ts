import { updateTool } from '@volley/shared/flow/edit.ts'
import { holdsOf } from '@volley/shared/trace/holds.ts'
import { predictRun } from '@volley/shared/trace/predict.ts'
import { slackOf } from '@volley/shared/trace/slack.ts'
import { waitSpans } from '@volley/shared/trace/waiting.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameOf, type Plot, plots, sceneOf } from '../testing/plots.ts'
import { aFlow, aTool, data, order, runWith } from '../testing/runWith.ts'

const allWell = (plot: Plot): Plot => ({ ...plot, emissions: plot.emissions.map((one) => ({ ...one, fails: false })) })

test('a call that takes its slack longer ends the run no later, and one millisecond more does', async () => {
  await fc.assert(
    fc.asyncProperty(plots.map(allWell), async (plot) => {
      const { flow, ...scene } = sceneOf(plot)
      const { run } = await runWith({ flow, ...scene })
      const slack = slackOf(run, holdsOf(run, flow))
      const elapsed = (call: number, longerMs: number) =>
        predictRun(run, flow, { durations: new Map([[call, (run.calls[call - 1]?.durationMs ?? 0) + longerMs]]) })
          .elapsedMs
      for (const [call, ms] of slack) {
        expect([call, elapsed(call, ms)]).toEqual([call, run.summary?.elapsedMs])
        expect([call, elapsed(call, ms + 1)]).toEqual([call, (run.summary?.elapsedMs ?? 0) + 1])
      }
    }),
    { numRuns: 150 },
  )
}, 60_000)

test('whatever fails and is skipped, a call that takes its slack longer ends the run no later', async () => {
  await fc.assert(
    fc.asyncProperty(plots, async (plot) => {
      const scene = sceneOf(plot)
      const { run } = await runWith(scene)
      for (const [call, ms] of slackOf(run, holdsOf(run, scene.flow))) {
        const durations = new Map([[call, (run.calls[call - 1]?.durationMs ?? 0) + ms]])
        const { elapsedMs } = predictRun(run, scene.flow, { durations })
        expect([call, elapsedMs]).toEqual([call, run.summary?.elapsedMs])
      }
    }),
    { numRuns: 100 },
  )
}, 60_000)

test('calls on the critical path have none, and no call has less', async () => {
  await fc.assert(
    fc.asyncProperty(plots, async (plot) => {
      const scene = sceneOf(plot)
      const { run } = await runWith(scene)
      const slack = slackOf(run, holdsOf(run, scene.flow))
      for (const call of run.summary?.criticalPath ?? []) expect([call, slack.get(call)]).toEqual([call, 0])
      expect([...slack.values()].every((ms) => ms >= 0)).toBe(true)
      expect([...slack.keys()].sort((one, other) => one - other)).toEqual(
        run.calls.filter((one) => one.startedAt !== null).map((one) => one.call),
      )
    }),
    { numRuns: 60 },
  )
}, 60_000)

test('a call whose end gave another its place has the slack of that one', async () => {
  const flow = aFlow([aTool('fetch', { annotations: { readOnlyHint: true } })], [], { limits: { concurrency: 2 } })
  const times = [100, 300, 150]
  const { run } = await runWith({
    flow,
    turns: [{ calls: times.map((_ms, at) => ({ tool: 'fetch', arguments: { at } })) }, { text: 'Done.' }],
    tools: { fetch: ({ at }) => ({ ms: times[at as number] ?? 0 }) },
  })
  // The third waits for the first's place and ends 50 ms before the second.
  expect(Object.fromEntries(slackOf(run, holdsOf(run, flow)))).toEqual({ 1: 50, 2: 0, 3: 50 })
})

test('every wait for a place is laid to the limit that was full', async () => {
  const limits = fc.record({
    run: fc.integer({ min: 1, max: 6 }),
    tools: fc.array(fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }), { minLength: 6, maxLength: 6 }),
    keys: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
  })
  await fc.assert(
    fc.asyncProperty(plots, limits, async (plot, { run: most, tools, keys }) => {
      const scene = sceneOf(plot, most)
      const flow = tools.reduce(
        (before, concurrency, at) =>
          updateTool(before, nameOf(at), (tool) => ({
            ...tool,
            policy: {
              ...(concurrency === undefined ? {} : { concurrency }),
              ...(keys[at] ? { exclusive: 'the crane' } : {}),
            },
          })),
        scene.flow,
      )
      const { run } = await runWith({ ...scene, flow })
      const holds = holdsOf(run, flow)
      for (const call of run.calls) {
        const inLine = call.startedAt !== null && waitSpans(call, run).some(({ why }) => why === 'place')
        expect([call.call, holds.has(call.call)]).toEqual([call.call, inLine])
        const hold = holds.get(call.call)
        if (!hold) continue
        const freedBy = run.calls[(hold.freedBy ?? 0) - 1]
        expect(freedBy?.finishedAt).toBe(call.startedAt)
        if (hold.by === 'tool') expect(freedBy?.tool).toBe(call.tool)
        if (hold.by === 'key') expect(hold.key).toBe('the crane')
      }
    }),
    { numRuns: 120 },
  )
}, 60_000)

test('waiting for calls, for the message and for a place are told apart in one run', async () => {
  const reads = (name: string, most?: number) =>
    aTool(name, {
      annotations: { readOnlyHint: true },
      ...(most === undefined ? {} : { policy: { concurrency: most } }),
    })
  const flow = aFlow(
    [reads('geocode'), reads('forecast', 1), aTool('book')],
    [data('geocode', 'forecast'), order('geocode', 'book')],
  )
  const forecast = { tool: 'forecast', arguments: { at: { from_call: 1 } } }
  const { run } = await runWith({
    flow,
    turns: [
      { calls: [{ tool: 'geocode', arguments: {}, afterMs: 10 }, forecast, forecast, { tool: 'book' }], holdMs: 200 },
      { text: 'Done.' },
    ],
    tools: { geocode: { ms: 50 }, forecast: { ms: 300 }, book: { ms: 10 } },
  })
  expect(run.calls.map((call) => waitSpans(call, run).map(({ why, from, to }) => `${why} ${from}-${to}`))).toEqual([
    [],
    ['calls 10-60'],
    ['calls 10-60', 'place 60-360'],
    ['calls 10-60', 'message 60-210'],
  ])
  expect(holdsOf(run, flow)).toEqual(new Map([[3, { by: 'tool', most: 1, key: null, freedBy: 2 }]]))
})

import { setAgent } from '@volley/shared/flow/edit.ts'
import { disconnect } from '@volley/shared/flow/editEdges.ts'
import { findingsOf } from '@volley/shared/trace/findings/index.ts'
import { predictRun } from '@volley/shared/trace/predict.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Plot, plots, sceneOf } from '../testing/plots.ts'
import { order, runWith } from '../testing/runWith.ts'
import { answer, call, flowOf, message, reads } from './scenes/scene.ts'

// What is predicted on paper, beside what the engine does on a clock turned by hand.

test('a run played again on paper has the times that were recorded, over random graphs, failures and limits', async () => {
  await fc.assert(
    fc.asyncProperty(plots, fc.integer({ min: 1, max: 12 }), async (plot, places) => {
      const scene = sceneOf(plot, places)
      const { run } = await runWith(scene)
      const predicted = predictRun(run, scene.flow)
      // With too few places the order in which ready calls go depends on durations that were not known beforehand.
      if (places >= plot.emissions.length) {
        for (const one of run.calls)
          expect([one.call, predicted.calls.get(one.call)?.startMs, predicted.calls.get(one.call)?.endMs]).toEqual([
            one.call,
            one.startedAt,
            one.finishedAt,
          ])
        expect(predicted.elapsedMs).toBe(run.summary?.elapsedMs)
      }
      expect(findingsOf(run, scene.flow)).toEqual(findingsOf(run, scene.flow))
    }),
    { numRuns: 120 },
  )
}, 60_000)

test('other durations are predicted as a run with them turns out', async () => {
  await fc.assert(
    fc.asyncProperty(
      plots,
      fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 10, maxLength: 10 }),
      async (plot, other) => {
        const changed: Plot = {
          ...plot,
          emissions: plot.emissions.map((one, at) => ({ ...one, ms: other[at] ?? one.ms })),
        }
        const scene = sceneOf(plot)
        const [{ run: before }, { run: after }] = [await runWith(scene), await runWith(sceneOf(changed))]
        const durations = new Map(changed.emissions.map((one, at) => [at + 1, one.ms]))
        expect(predictRun(before, scene.flow, { durations }).elapsedMs).toBe(after.summary?.elapsedMs)
      },
    ),
    { numRuns: 60 },
  )
}, 60_000)

test('removing any edge that nobody refers along is predicted as a run without it turns out', async () => {
  await fc.assert(
    fc.asyncProperty(plots, fc.nat(), async (plot, chosen) => {
      const edge = plot.edges[chosen % Math.max(1, plot.edges.length)]
      if (!edge || edge.from === edge.to) return
      const without: Plot = { ...plot, edges: plot.edges.filter((one) => one !== edge) }
      // Where a reference leads along it the other run would send other calls.
      const plain = (one: Plot): Plot => ({
        ...one,
        emissions: one.emissions.map((emission) => ({ ...emission, refersTo: null })),
      })
      const scene = sceneOf(plain(plot))
      const [{ run: before }, { run: after }] = [await runWith(scene), await runWith(sceneOf(plain(without)))]
      const predicted = predictRun(before, scene.flow, { flow: disconnect(scene.flow, edge) })
      // A call that failed or was skipped has no duration to predict from.
      if (after.calls.every((one) => one.status === 'succeeded'))
        expect(predicted.elapsedMs).toBe(after.summary?.elapsedMs)
    }),
    { numRuns: 60 },
  )
}, 60_000)

test('a planted edge is found, and removing it gains what was predicted', async () => {
  const flow = flowOf([reads('rates'), reads('score')], [order('rates', 'score')])
  const scene = {
    flow,
    turns: [
      message(call('rates'), call('score', { city: 'Rome' }), call('score', { city: 'Oslo' })),
      answer('1.0842; 71 and 82.'),
    ],
    tools: {
      rates: { ms: 800, result: { rate: 1.0842 } },
      score: (_args: unknown, nth: number) => ({ ms: 600, result: { score: 60 + nth * 11 } }),
    },
  }
  const { run: before } = await runWith(scene)
  const [finding] = findingsOf(before, flow)
  expect(finding).toMatchObject({ code: 'needless_edge', calls: [2, 3], edge: { from: 'rates', to: 'score' } })
  const { run: after } = await runWith({ ...scene, flow: { ...flow, edges: [] } })
  const gained = (before.summary?.elapsedMs ?? 0) - (after.summary?.elapsedMs ?? 0)
  expect(gained).toBeGreaterThan(400)
  expect(finding?.savesMs).toBe(gained)
})

test('a higher cap is predicted as a run with it turns out', async () => {
  const sites = Array.from({ length: 6 }, (_, at) => call('fetch_site', { at }))
  const scene = (concurrency: number) => ({
    flow: flowOf([reads('fetch_site')], [], { limits: { concurrency } }),
    turns: [message(...sites), answer('Done.')],
    tools: { fetch_site: { ms: 500, result: { ok: true } } },
  })
  const [{ run: before }, { run: after }] = [await runWith(scene(2)), await runWith(scene(6))]
  const raised = setAgent(scene(2).flow, { limits: { concurrency: 6 } })
  const { flow } = scene(2)
  expect(predictRun(before, flow).elapsedMs - predictRun(before, flow, { flow: raised }).elapsedMs).toBe(
    (before.summary?.elapsedMs ?? 0) - (after.summary?.elapsedMs ?? 0),
  )
})

import { setAgent } from '@volley/shared/flow/edit.ts'
import { disconnect } from '@volley/shared/flow/editEdges.ts'
import type { Flow, Tool } from '@volley/shared/flow/flow.ts'
import { applyCure, type Cure } from '@volley/shared/trace/findings/cure.ts'
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
  const cured = applyCure(flow, finding?.cure as Cure)
  if (!cured.ok) throw new Error(cured.error.message)
  expect(cured.value.edges).toEqual([])
  const { run: after } = await runWith({ ...scene, flow: cured.value })
  const [elapsedBefore, elapsedAfter] = [before, after].map(({ summary }) => summary?.elapsedMs ?? 0)
  const gained = (elapsedBefore ?? 0) - (elapsedAfter ?? 0)
  console.log(
    `${finding?.message}\n  ${elapsedBefore} ms before; removing it: predicted gain ${finding?.savesMs} ms, measured gain ${gained} ms (${elapsedAfter} ms after)`,
  )
  expect(gained).toBeGreaterThan(400)
  expect(finding?.savesMs).toBe(gained)
  expect(findingsOf(after, cured.value)).toEqual([])
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

test('an early start that a hint allows is predicted as a run with it turns out', async () => {
  const slow: Tool = {
    name: 'history',
    parameters: { type: 'object' },
    run: { kind: 'http', url: 'https://archive.example/' },
  }
  const scene = (flow: Flow) => ({
    flow,
    turns: [
      message(call('history'), call('rates'), call('news'), call('rates', { of: 'EUR' })),
      answer('1.0842, Gambit, 1988.'),
    ],
    tools: {
      history: { ms: 2000, result: { founded: 1988 } },
      rates: { ms: 100, result: { rate: 1.0842 } },
      news: { ms: 100, result: { headline: 'Gambit' } },
    },
  })
  const flow = flowOf([slow, reads('rates'), reads('news')])
  const { run: before } = await runWith(scene(flow))
  const finding = findingsOf(before, flow).find(({ code }) => code === 'straggler')
  expect(finding?.cure).toEqual({ change: 'set_hint', tool: 'history', hint: 'readOnlyHint', value: true })
  const cured = applyCure(flow, finding?.cure as Cure)
  if (!cured.ok) throw new Error(cured.error.message)
  const { run: after } = await runWith(scene(cured.value))
  expect(finding?.savesMs).toBe((before.summary?.elapsedMs ?? 0) - (after.summary?.elapsedMs ?? 0))
})

test('a volley of a thousand calls, chained and capped, is looked through in a moment', async () => {
  const names = Array.from({ length: 12 }, (_, at) => `step_${at}`)
  const flow = flowOf(
    names.map((name) => reads(name, { policy: { concurrency: 10 } })),
    names.slice(1).map((name, at) => order(names[at] ?? '', name)),
    { limits: { calls: 1000, callsPerTurn: 1000, concurrency: 64 } },
  )
  const result = (nth: number) => ({ id: nth, words: Array.from({ length: 40 }, (_, at) => `word${nth}x${at}`) })
  const { run } = await runWith({
    flow,
    turns: [message(...Array.from({ length: 1000 }, (_, at) => call(names[at % 12] ?? '', { at }))), answer('Done.')],
    tools: Object.fromEntries(
      names.map((name) => [name, (_args: unknown, nth: number) => ({ ms: 100, result: result(nth) })]),
    ),
  })
  findingsOf(run, flow)
  const began = process.cpuUsage()
  const found = findingsOf(run, flow)
  const { user } = process.cpuUsage(began)
  console.log(
    `findings of ${run.calls.length} calls: ${found.length}, in ${Math.round(user / 1000)} ms of processor time`,
  )
  expect(found.length).toBeGreaterThan(10)
  // Far more than it takes, and far less than when each call is ranked anew.
  expect(user / 1000).toBeLessThan(3000)
}, 60_000)

import { updateTool } from '@volley/shared/flow/edit.ts'
import type { Flow, Parallelism, Tool } from '@volley/shared/flow/flow.ts'
import { applyChange, type Change, whatIfOf } from '@volley/shared/trace/whatIf.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameOf, type Plot, plots, sceneOf } from '../testing/plots.ts'
import { aFlow, aTool, data, order, runWith } from '../testing/runWith.ts'
import type { ScriptedCall, ScriptedTurn } from '../testing/scriptedModel.ts'

// What is predicted in the page, beside a run of the changed flow on mocks, on a clock turned by hand.

const mock = (name: string, latencyMs: number, more: Partial<Tool> = {}): Tool =>
  aTool(name, {
    annotations: { readOnlyHint: true, destructiveHint: false },
    run: { kind: 'mock', latencyMs },
    ...more,
  })
const latencyOf = ({ run }: Tool) => (run.kind === 'mock' ? (run.latencyMs ?? 0) : 0)
const codeOf = (tool: string, nth: number) => `${tool}_${nth}`
/** The first call 280 ms after the question, each further one 80 ms later. */
const message = (...calls: ScriptedCall[]): ScriptedTurn => ({
  calls: calls.map((call, at) => ({ ...call, afterMs: at === 0 ? 280 : 80 })),
  holdMs: 20,
})
const call = (tool: string, args: object = {}): ScriptedCall => ({ tool, arguments: args })
const ANSWER: ScriptedTurn = { text: 'Done.', holdMs: 300 }

/** Runs a flow as its mocks say, the model sending these messages. */
async function play(flow: Flow, turns: ScriptedTurn[]) {
  const acts = flow.tools.map((tool) => {
    // Every result holds a word of its own, so that it can be told who used it.
    const act = (_args: unknown, nth: number) => ({ ms: latencyOf(tool), result: { code: codeOf(tool.name, nth) } })
    return [tool.name, act] as const
  })
  return (await runWith({ flow, turns: [...turns, ANSWER], tools: Object.fromEntries(acts) })).run
}

/** How far off, in per cent of the run that really went so, the prediction of these changes is. */
async function errorOf(before: { flow: Flow; turns: ScriptedTurn[] }, changes: Change[], turnsThen = before.turns) {
  const run = await play(before.flow, before.turns)
  const predicted = whatIfOf(run, before.flow).play(changes)
  expect(predicted.refused).toEqual([])
  const really = (await play(changedFlow(before.flow, changes), turnsThen)).summary?.elapsedMs ?? 0
  expect(really).not.toBe(run.summary?.elapsedMs)
  return (Math.abs(predicted.elapsedMs - really) / really) * 100
}

function changedFlow(flow: Flow, changes: readonly Change[]): Flow {
  return changes.reduce((before, change) => {
    if (change.change === 'duration')
      return updateTool(before, change.tool, (tool) => ({
        ...tool,
        run: { ...tool.run, latencyMs: change.meanMs } as Tool['run'],
      }))
    const edited = applyChange(before, change)
    if (!edited.ok) throw new Error(edited.error)
    return edited.value
  }, flow)
}

const CITIES = ['Paris', 'Rome', 'Oslo']
const TRIP = aFlow(
  [mock('geocode', 120), mock('forecast', 400), mock('rates', 700), mock('score', 250)],
  [data('geocode', 'forecast'), order('rates', 'score'), data('forecast', 'score')],
  { parallelism: 'graph' },
)
const WHOLE = [
  message(
    ...CITIES.map((city) => call('geocode', { city })),
    call('rates'),
    ...CITIES.map((_city, at) => call('forecast', { at: { from_call: at + 1, path: 'code' } })),
    ...CITIES.map((_city, at) => call('score', { of: { from_call: at + 5, path: 'code' } })),
  ),
]

describe('a prediction is within 5 % of the run of the changed flow on mocks', () => {
  test.each<[string, Change[]]>([
    ['a slower tool', [{ change: 'duration', tool: 'forecast', meanMs: 1500 }]],
    ['a faster tool', [{ change: 'duration', tool: 'rates', meanMs: 50 }]],
    ['a low cap of the run', [{ change: 'run_cap', most: 2 }]],
    ['a cap of one tool', [{ change: 'tool_cap', tool: 'forecast', most: 1 }]],
    ['an edge less', [{ change: 'remove_edge', from: 'rates', to: 'score', kind: 'order' }]],
    ['an edge more', [{ change: 'add_edge', from: 'rates', to: 'forecast', kind: 'order' }]],
    [
      'several at once',
      [
        { change: 'duration', tool: 'geocode', meanMs: 600 },
        { change: 'tool_cap', tool: 'geocode', most: 2 },
        { change: 'remove_edge', from: 'rates', to: 'score', kind: 'order' },
      ],
    ],
  ])('%s', async (_name, changes) => {
    expect(await errorOf({ flow: TRIP, turns: WHOLE }, changes)).toBeLessThanOrEqual(5)
  })

  test('a cap lifted', async () => {
    const flow = changedFlow(TRIP, [{ change: 'tool_cap', tool: 'forecast', most: 1 }])
    expect(
      await errorOf({ flow, turns: WHOLE }, [{ change: 'tool_cap', tool: 'forecast', most: null }]),
    ).toBeLessThanOrEqual(5)
  })

  const to = (parallelism: Parallelism): Change[] => [{ change: 'set_parallelism', parallelism }]
  const having = (source: string) => (city: string, at: number) => ({ city, code: codeOf(source, at + 1) })
  const ONE_BY_ONE = [
    ...CITIES.map((city) => message(call('geocode', { city }))),
    message(call('rates')),
    ...CITIES.map((city, at) => message(call('forecast', having('geocode')(city, at)))),
    ...CITIES.map((city, at) => message(call('score', having('forecast')(city, at)))),
  ]
  const IN_LEVELS = [
    message(...CITIES.map((city) => call('geocode', { city })), call('rates')),
    message(...CITIES.map((city, at) => call('forecast', having('geocode')(city, at)))),
    message(...CITIES.map((city, at) => call('score', having('forecast')(city, at)))),
  ]
  test.each<[Parallelism, Parallelism, ScriptedTurn[], ScriptedTurn[]]>([
    ['graph', 'serial', WHOLE, ONE_BY_ONE],
    ['graph', 'batch', WHOLE, IN_LEVELS],
    ['batch', 'graph', IN_LEVELS, WHOLE],
    ['batch', 'serial', IN_LEVELS, ONE_BY_ONE],
    ['serial', 'batch', ONE_BY_ONE, IN_LEVELS],
    ['serial', 'graph', ONE_BY_ONE, WHOLE],
  ])('parallelism from %s to %s', async (from, then, turns, turnsThen) => {
    const flow = changedFlow(TRIP, to(from))
    expect(await errorOf({ flow, turns }, to(then), turnsThen)).toBeLessThanOrEqual(5)
  })
})

test('over random graphs, caps, durations and edges predictions stay within 5 % nine times of ten and are exact nearly as often', async () => {
  const plain = plots.map(
    (plot): Plot => ({
      ...plot,
      emissions: plot.emissions.map((one) => ({ ...one, ms: one.ms * 10, fails: false, refersTo: null })),
    }),
  )
  const tool = fc.nat(5)
  const changes = fc.array(
    fc.oneof(
      fc.record({ change: fc.constant('run_cap' as const), most: fc.integer({ min: 1, max: 8 }) }),
      fc.record({
        change: fc.constant('tool_cap' as const),
        tool: tool.map(nameOf),
        most: fc.integer({ min: 1, max: 3 }),
      }),
      fc.record({
        change: fc.constant('add_edge' as const),
        from: tool.map(nameOf),
        to: tool.map(nameOf),
        kind: fc.constant('order' as const),
      }),
    ),
    { minLength: 1, maxLength: 4 },
  )
  const errors: number[] = []
  await fc.assert(
    fc.asyncProperty(plain, changes, async (plot, wanted) => {
      const scene = sceneOf(plot)
      const { run } = await runWith(scene)
      const predicted = whatIfOf(run, scene.flow).play(wanted)
      const refused = new Set(predicted.refused.map((one) => one.change))
      const flow = changedFlow(
        scene.flow,
        wanted.filter((change) => !refused.has(change)),
      )
      const really = (await runWith({ ...scene, flow })).run.summary?.elapsedMs ?? 1
      errors.push((Math.abs(predicted.elapsedMs - really) / really) * 100)
    }),
    { numRuns: 150 },
  )
  errors.sort((one, other) => one - other)
  const within = errors.filter((error) => error <= 5).length / errors.length
  console.log(
    `within 5 %: ${(within * 100).toFixed(1)} % of ${errors.length}; exact: ${errors.filter((e) => e < 0.01).length}; worst ${errors.at(-1)?.toFixed(1)} %`,
  )
  // The others are runs with few places: who goes first follows durations that this engine, in its first run of the flow, had not seen.
  expect(within).toBeGreaterThanOrEqual(0.9)
}, 60_000)

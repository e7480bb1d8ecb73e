import assert from 'node:assert/strict'
import test from 'node:test'
import { applyRunEvents, runFromEvents } from '../../shared/src/run/state.ts'
import { openingEvents, sceneFlow, sourcesIn, tickEvents } from './canvas/scene.ts'

test('a scene has as many tools and edges as were asked for, each edge once and from left to right', () => {
  const flow = sceneFlow(500, 800)
  assert.equal(flow.tools.length, 500)
  assert.equal(new Set(flow.edges.map(({ from, to }) => `${from} ${to}`)).size, 800)
  for (const { from, to } of flow.edges) assert.ok((flow.layout[from]?.x ?? 0) < (flow.layout[to]?.x ?? 0))
})

test('every tick changes the state of as many calls as it says, for as long as it goes on', () => {
  const flow = sceneFlow(100, 160)
  const ticking = { sources: sourcesIn(flow), changes: 50, every: 100 }
  let run = runFromEvents(openingEvents(flow))
  for (let tick = 0; tick < 30; tick++) {
    const next = applyRunEvents(run, tickEvents(tick, ticking))
    assert.equal(next.calls.filter((call, index) => call !== run.calls[index]).length, 50)
    run = next
  }
})

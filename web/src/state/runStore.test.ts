import type { RunEvent } from '@volley/shared/run/events.ts'
import { expect, test } from 'vitest'
import { createRunStore, toolStatus } from './runStore.ts'

const EVENTS = [
  {
    type: 'run.started',
    runId: 'r',
    flow: { id: null, name: 'f', version: null },
    input: 'i',
    parallelism: 'graph',
    provider: 'simulated',
    model: 'm',
    at: 0,
  },
  { type: 'turn.started', turn: 1, at: 10 },
  { type: 'call.emitted', turn: 1, call: 1, id: 'c', tool: 'geocode', arguments: {}, at: 20 },
  { type: 'call.started', call: 1, attempt: 1, arguments: {}, eager: true, at: 30 },
  { type: 'call.succeeded', call: 1, result: 1, durationMs: 70, at: 100 },
].map((event, index) => ({ ...event, seq: index + 1 })) as RunEvent[]

function shownRun() {
  const store = createRunStore()
  store.getState().begin('r')
  store.getState().apply(EVENTS)
  return store
}

test('a look back shows the run as it was, and leaves the run itself alone', () => {
  const store = shownRun()
  store.getState().seek(50)
  expect(toolStatus(store.getState().shown, 'geocode')).toBe('running')
  expect(toolStatus(store.getState().run, 'geocode')).toBe('succeeded')
  store.getState().seek(null)
  expect(store.getState().shown).toBe(store.getState().run)
})

test('from its last event on the run is the newest again', () => {
  const store = shownRun()
  store.getState().seek(30)
  store.getState().seek(100)
  expect(store.getState()).toMatchObject({ at: null, isPlaying: false })
})

test('what goes on meanwhile does not pull one out of the past', () => {
  const store = shownRun()
  store.getState().seek(25)
  store.getState().apply([
    {
      type: 'turn.finished',
      turn: 1,
      usage: { inputTokens: 1, outputTokens: 1 },
      stopReason: 'calls',
      seq: 6,
      at: 120,
    },
  ])
  expect(toolStatus(store.getState().shown, 'geocode')).toBe('waiting')
  expect(store.getState().run?.lastSeq).toBe(6)
})

test('playing begins at the beginning where one looks at the end', () => {
  const store = shownRun()
  store.getState().play(true)
  expect(store.getState()).toMatchObject({ at: 0, isPlaying: true, shown: { lastSeq: 1 } })
})

test('another run begins without a past', () => {
  const store = shownRun()
  store.getState().seek(25)
  store.getState().begin('s')
  expect(store.getState()).toMatchObject({ at: null, run: { id: 's' }, shown: { id: 's' } })
})

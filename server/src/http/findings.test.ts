import type { RunEvent } from '@volley/shared/run/events.ts'
import { expect, test } from 'vitest'
import { answer, call as calls, flowOf, message, reads } from '../findings/scenes/scene.ts'
import { order, RUN, runWith } from '../testing/runWith.ts'
import { testApp } from '../testing/testApp.ts'

const flow = flowOf([reads('rates'), reads('score')], [order('rates', 'score')], { system: 'The code is hush-hush.' })
const scene = {
  flow,
  turns: [message(calls('rates'), calls('score', { city: 'Rome' })), answer('1.0842 and 71.')],
  tools: { rates: { ms: 800, result: { rate: 1.0842 } }, score: { ms: 600, result: { score: 71 } } },
}

/** The app with this log in its store, and what it finds in it. */
async function findingsIn(events: readonly RunEvent[]) {
  const app = await testApp()
  const spec = { runId: RUN, flow, origin: { id: null, version: null }, input: 'Go on.', variables: {} }
  await app.store.log.create(spec, events, 'succeeded')
  const found = await app.call('GET', `/api/runs/${RUN}/findings`)
  expect(found.status).toBe(200)
  return { ...app, items: found.body.items }
}

test('the findings of a run that was never saved are read apart and stand in its record, the same', async () => {
  const { events } = await runWith(scene)
  const { call, items } = await findingsIn(events)
  expect(items).toMatchObject([{ code: 'needless_edge', edge: { from: 'rates', to: 'score' } }])
  expect((await call('GET', `/api/runs/${RUN}`)).body.findings).toEqual(items)
  expect((await call('GET', '/api/runs/none/findings')).status).toBe(404)
})

test('a run that goes on, and one that failed before its first call, have none', async () => {
  const { events } = await runWith(scene)
  expect((await findingsIn(events.slice(0, -1))).items).toEqual([])
  const failed = await runWith({
    flow,
    turns: [{ broken: { code: 'unauthorized', message: 'No key.', retry: false } }],
  })
  expect(failed.run.status).toBe('failed')
  expect((await findingsIn(failed.events)).items).toEqual([])
})

test('a run recorded before messages and waits were told apart gives findings all the same', async () => {
  const { events } = await runWith(scene)
  const older = events
    .filter((event) => event.type !== 'message.finished')
    .map((event, at) => {
      const { after: _after, ...rest } = event as RunEvent & { after?: unknown }
      return { ...rest, seq: at + 1 } as RunEvent
    })
  const { items } = await findingsIn(older)
  for (const { message } of items) expect(message).not.toMatch(/NaN|undefined|null/)
})

test('the document that ran can be read again, without secrets', async () => {
  const { events } = await runWith(scene)
  const { call, redaction } = await findingsIn(events)
  redaction.hide(['hush-hush'])
  const ran = await call('GET', `/api/runs/${RUN}/flow`)
  expect(ran.body).toMatchObject({ edges: flow.edges, agent: { system: 'The code is ***.' } })
  expect((await call('GET', '/api/runs/none/flow')).status).toBe(404)
})

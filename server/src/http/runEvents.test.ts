import { expect, test } from 'vitest'
import type { EventLog } from '../engine/ports.ts'
import { aFlow, numbered, text } from '../testing/logEvents.ts'
import { TEST_TOKEN, TEST_URL, testApp } from '../testing/testApp.ts'
import { eventStream } from './eventStream.ts'
import { MOST_OF_RUN } from './openStreams.ts'

const idsOf = (frames: string) => [...frames.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]))

test('the stream replays every event and ends after the run', async () => {
  const { call } = await testApp()
  const { runId } = (await call('POST', '/api/runs', { flow: aFlow(), input: 'slowly' })).body
  const { status, text: frames, headers } = await call('GET', `/api/runs/${runId}/events`)
  expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
  expect(idsOf(frames)).toEqual([1, 2, 3])
  expect(frames).toMatch(/^id: 1\nevent: run.started\ndata: {"seq":1,"type":"run.started",.*}\n\n/)
  expect((await call('GET', `/api/runs/${runId}/events`)).text).toBe(frames)
})

test('a returning reader goes on after the event it names', async () => {
  const { call } = await testApp()
  const { runId } = (await call('POST', '/api/runs', { flow: aFlow(), input: 'Go.' })).body
  const read = (id: string) => call('GET', `/api/runs/${runId}/events`, undefined, { 'last-event-id': id })
  expect(idsOf((await read('2')).text)).toEqual([3])
  expect(idsOf((await read('3')).text)).toEqual([])
  for (const id of ['x', '-1', '1.5', '1e3']) expect((await read(id)).status).toBe(400)
  expect((await call('GET', '/api/runs/none/events')).status).toBe(404)
})

test('a reader that goes away leaves nothing behind', async () => {
  const { app, call, store } = await testApp()
  const { runId } = (await call('POST', '/api/runs', { flow: aFlow(), input: 'wait' })).body
  let signal: AbortSignal | undefined
  const tail: EventLog['tail'] = store.log.tail
  store.log.tail = (id, after, given) => {
    signal = given
    return tail(id, after, given)
  }
  const answer = await app.request(`${TEST_URL}/api/runs/${runId}/events`, {
    headers: { authorization: `Bearer ${TEST_TOKEN}` },
  })
  const reader = answer.body?.getReader()
  await reader?.read()
  await reader?.cancel()
  expect(signal?.aborted).toBe(true)
})

test('of one run only so many streams are open, and one that is closed makes room', async () => {
  const { app, call } = await testApp()
  const { runId } = (await call('POST', '/api/runs', { flow: aFlow(), input: 'wait' })).body
  const open = async () => {
    const answer = await app.request(`${TEST_URL}/api/runs/${runId}/events`, {
      headers: { authorization: `Bearer ${TEST_TOKEN}` },
    })
    const reader = answer.body?.getReader()
    await reader?.read()
    return { status: answer.status, reader }
  }
  const readers = []
  for (let nth = 0; nth < MOST_OF_RUN; nth++) readers.push(await open())
  expect(readers.every(({ status }) => status === 200)).toBe(true)
  expect((await open()).status).toBe(429)
  await readers[0]?.reader?.cancel()
  expect((await open()).status).toBe(200)
  for (const { reader } of readers) await reader?.cancel()
})

test('open streams end when the server stops', async () => {
  const { call, stopping } = await testApp()
  const { runId } = (await call('POST', '/api/runs', { flow: aFlow(), input: 'wait' })).body
  const reading = call('GET', `/api/runs/${runId}/events`)
  setTimeout(() => stopping.abort(), 20)
  expect(idsOf((await reading).text)).toEqual([1, 2])
})

test('a silent stream is kept alive by comments, and no event is lost or repeated by them', async () => {
  async function* pages() {
    yield numbered([text('a')], 1)
    await new Promise((resolve) => setTimeout(resolve, 60))
    yield numbered([text('b')], 2)
  }
  const stream = eventStream(pages(), { leave: () => {}, keepAliveMs: 10 })
  const frames = await new Response(stream).text()
  expect(idsOf(frames)).toEqual([1, 2])
  expect(frames.match(/^: /gm)?.length).toBeGreaterThanOrEqual(2)
})

test('a page is read only when the reader asks for it', async () => {
  let read = 0
  async function* pages() {
    for (;;) yield numbered([text('x')], ++read)
  }
  const stream = eventStream(pages(), { leave: () => {} })
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(read).toBe(0)
  const reader = stream.getReader()
  await reader.read()
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(read).toBe(1)
  await reader.cancel()
})

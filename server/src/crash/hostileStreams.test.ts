import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Tool } from '@volley/shared/flow/flow.ts'
import { describe, expect, test } from 'vitest'
import type { Clock } from '../engine/ports.ts'
import { hostileFlow, hostileStage, room, sendAll } from './hostileStage.ts'
import { APIS, eventsOf } from './wire.ts'

// Streams without measure, over real HTTP. Whatever comes, the run has an end, the log is sound (`play` checks both), and the event loop
// stays free: what counts is the thread's own work between two ticks, the test's server included.

const MOST_CPU_MS = 1000
const look: Tool = {
  name: 'look',
  parameters: { type: 'object' },
  run: { kind: 'mock' },
  annotations: { readOnlyHint: true },
}
const pay: Tool = { name: 'pay', parameters: { type: 'object' }, run: { kind: 'mock' } }
const flow = hostileFlow([look, pay])
/** Real time: the limits of these runs are short. */
const realClock: Clock = {
  now: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}

const manyCalls = (count: number, tool = 'look') =>
  Array.from({ length: count }, (_, at) => ({ id: `call_${at}`, tool, argumentsText: `{"nth":${at}}` }))

/** Plays a run while the loop is watched, and tells on the console what it took. */
async function watched<Played extends { gap: { wallMs: number; cpuMs: number } }>(
  name: string,
  play: () => Promise<Played>,
): Promise<Played> {
  const began = performance.now()
  const played = await play()
  const { gap } = played
  console.log(
    `${name}: ${Math.round(performance.now() - began)} ms, longest gap ${gap.wallMs} ms (${gap.cpuMs} ms of work)`,
  )
  expect(gap.cpuMs).toBeLessThan(MOST_CPU_MS)
  return played
}

describe.each(APIS)('%s', (api) => {
  test('10,000 calls in one message: those within the limit run, each other one is told of the limit', async () => {
    const { play } = await hostileStage()
    const events = eventsOf(api, { calls: manyCalls(10_000) })
    const { run, executed } = await watched(`${api}, 10,000 calls`, () =>
      play(api, flow, (response) => sendAll(response, events), { withinMs: 60_000 }),
    )
    expect([run.calls.length, executed.length, run.status]).toEqual([10_000, 128, 'succeeded'])
    expect(run.calls.slice(128).every(({ error }) => error?.code === 'limit')).toBe(true)
  }, 90_000)

  test('10,000 calls within the limits all run', async () => {
    const { play } = await hostileStage()
    const events = eventsOf(api, { calls: manyCalls(10_000, 'pay') })
    const wide = hostileFlow([pay], { calls: 100_000, callsPerTurn: 10_000, concurrency: 10_000 })
    const { run, executed } = await watched(`${api}, 10,000 calls that run`, () =>
      play(api, wide, (response) => sendAll(response, events), { withinMs: 60_000 }),
    )
    expect([executed.length, run.status]).toEqual([10_000, 'succeeded'])
  }, 90_000)

  test('huge indexes are names and no places', async () => {
    const { play } = await hostileStage()
    const events = eventsOf(api, { calls: manyCalls(3) }, { indexFrom: 2 ** 52, pieceChars: 3 })
    const { run } = await watched(`${api}, huge indexes`, () =>
      play(api, flow, (response) => sendAll(response, events)),
    )
    expect(run.calls.map(({ status, arguments: args }) => [status, args])).toEqual(
      [0, 1, 2].map((nth) => ['succeeded', { nth }]),
    )
  }, 60_000)

  test('arguments of almost 5 MB run whole; longer ones are that call’s error', async () => {
    const { play } = await hostileStage()
    for (const [chars, end] of [
      [4_900_000, 'succeeded'],
      [5_100_000, 'invalid_arguments'],
    ] as const) {
      const calls = [
        { id: 'a', tool: 'pay', argumentsText: JSON.stringify({ text: 'x'.repeat(chars) }) },
        ...manyCalls(1),
      ]
      const events = eventsOf(api, { calls }, { pieceChars: 64 })
      const { run } = await watched(`${api}, ${chars} characters of arguments`, () =>
        play(api, flow, (response) => sendAll(response, events), { withinMs: 60_000 }),
      )
      expect(run.calls.map(({ status, error }) => error?.code ?? status)).toEqual([end, 'succeeded'])
    }
  }, 120_000)

  test('an event that never ends breaks the turn', async () => {
    const { play } = await hostileStage()
    const { run, requests } = await watched(`${api}, an endless event`, () =>
      play(api, flow, (response) => endless(response, 'data: {"text":"', 'x'.repeat(16_384)), { withinMs: 60_000 }),
    )
    expect([run.status, run.error?.code, requests]).toEqual(['failed', 'stream', 3])
    expect(run.error?.message).toMatch(/more than \d+ MB/)
  }, 90_000)

  test('a stream that never ends breaks the turn, whatever it is made of', async () => {
    const { play } = await hostileStage()
    const said = eventsOf(api, { text: 'x'.repeat(4000), calls: [] })
    const head = said.slice(0, -2).join('')
    const fillers: [string, string][] = [['comments', ': still here\n\n'.repeat(1000)]]
    // Decoding so many events takes a while, and it is one decoder for all three.
    if (api === 'openai-chat') {
      fillers.push(['unknown events', `data: {"type":"odd","pad":"${'z'.repeat(1000)}"}\n\n`.repeat(20)])
      fillers.push(['text', eventsOf(api, { text: 'y'.repeat(4000), calls: [] })[0]?.repeat(5) ?? ''])
    }
    for (const [name, filler] of fillers) {
      const { run, requests } = await watched(`${api}, endless ${name}`, () =>
        play(api, flow, (response) => endless(response, head, filler), { withinMs: 60_000 }),
      )
      expect([run.status, run.error?.code, requests]).toEqual(['failed', 'stream', 3])
    }
  }, 150_000)

  test('silence breaks the turn at idleMs, three times; a drip of comments lasts until timeoutMs', async () => {
    const { play } = await hostileStage()
    const short = hostileFlow([look], { idleMs: 120, timeoutMs: 60_000 })
    const silent = await play(
      api,
      short,
      (response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders(),
    )
    expect([silent.run.status, silent.run.error?.code, silent.requests]).toEqual(['failed', 'idle', 3])
    const unanswered = await play(api, short, () => {})
    expect([unanswered.run.error?.code, unanswered.requests]).toEqual(['idle', 3])

    const dripping = hostileFlow([look], { idleMs: 5000, timeoutMs: 600 })
    let left = false
    const drip = await play(
      api,
      dripping,
      async (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.on('close', () => {
          left = true
        })
        for (const event of eventsOf(api, { calls: manyCalls(1) }).slice(0, -2)) response.write(event)
        while (!response.destroyed && response.write(': .\n\n')) await sleep(15)
      },
      { clock: realClock },
    )
    expect([drip.run.status, drip.run.error?.code, drip.requests]).toEqual(['failed', 'timeout', 1])
    expect(drip.run.calls.map(({ status }) => status)).toEqual(['succeeded'])
    for (let tries = 0; !left && tries < 200; tries++) await sleep(10)
    expect(left).toBe(true)
  }, 60_000)
})

test('five hundred calls that wait for five hundred others neither block the process nor fill the disk', async () => {
  const { play } = await hostileStage()
  const book = { ...pay, name: 'book' }
  const flow = hostileFlow([pay, book], { calls: 10_000, callsPerTurn: 10_000 })
  flow.edges = [{ from: 'pay', to: 'book', kind: 'order' }]
  const calls = [...manyCalls(500, 'pay'), ...manyCalls(500, 'book')].map((call, at) => ({ ...call, id: `call_${at}` }))
  const { events, executed } = await watched('500 calls that wait for 500', () =>
    play('openai-chat', flow, (response) => sendAll(response, eventsOf('openai-chat', { calls })), {
      withinMs: 60_000,
    }),
  )
  expect(executed).toHaveLength(1000)
  expect(JSON.stringify(events).length).toBeLessThan(10_000_000)
  const waiting = events.filter((event) => event.type === 'call.waiting' && event.call === 1000)
  expect(waiting.map((event) => event.type === 'call.waiting' && event.waitsFor.length).slice(0, 1)).toEqual([500])
  expect(waiting.length).toBeGreaterThan(5)
}, 90_000)

/** Writes the head, then the filler again and again, as fast as it is taken, until the reader leaves. */
async function endless(response: ServerResponse, head: string, filler: string) {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(head)
  while (!response.destroyed) {
    const isRoom = response.write(filler)
    if (isRoom) await new Promise((resolve) => setImmediate(resolve))
    else await room(response)
  }
}

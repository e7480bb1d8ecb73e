import { expect, test } from 'vitest'
import { createTraffic, MOST_BYTES_A_SECOND, MOST_CROWDED_SECONDS, MOST_MESSAGES_A_SECOND } from './traffic.ts'

/** Reads parts without end, waiting as it is told; gives the messages read until the flood was called one. */
function readAll(traffic: ReturnType<typeof createTraffic>, messages: number, bytes: number) {
  let now = 0
  let read = 0
  for (;;) {
    const passage = traffic.read(messages, bytes, now)
    read += messages
    if (passage.is === 'flooded') return { read, now }
    now += passage.is === 'crowded' ? passage.pauseMs : 0
  }
}

test('a server that floods is held to its measure, and ended after ten seconds', () => {
  const { read, now } = readAll(createTraffic(), 500, 50_000)
  expect(now).toBe(MOST_CROWDED_SECONDS * 1000)
  expect(read).toBeLessThanOrEqual((MOST_CROWDED_SECONDS + 1) * (MOST_MESSAGES_A_SECOND + 500))
})

test('few messages that are very large are a flood, too', () => {
  const { read } = readAll(createTraffic(), 1, 9_000_000)
  expect(read).toBeLessThanOrEqual((MOST_CROWDED_SECONDS + 1) * 3)
})

test('a burst, and steady talk below the measure, end nothing', () => {
  const traffic = createTraffic()
  for (let second = 0; second < 100; second++)
    expect(traffic.read(MOST_MESSAGES_A_SECOND, MOST_BYTES_A_SECOND, second * 1000)).toEqual({ is: 'free' })
  // Bursts of half a minute's worth in all, with a quiet moment after each few seconds.
  for (let second = 200; second < 260; second++) {
    if (second % 6 === 0) continue
    expect(traffic.read(MOST_MESSAGES_A_SECOND + 1, 0, second * 1000)).toEqual({ is: 'crowded', pauseMs: 1000 })
  }
})

import type { RunEvent } from '@volley/shared/run/events.ts'
import { EMPTY_LOG, extendLog } from '@volley/shared/run/log.ts'
import { expect, test } from 'vitest'
import finished from '../../gallery/__fixtures__/finished.events.json' with { type: 'json' }
import { detailOf, eventLines, eventsOf, filterEvents } from './eventLines.ts'

const log = extendLog(EMPTY_LOG, finished as RunEvent[])

test('a log is told as its events, each a line of JSON, in order', () => {
  expect(eventsOf(log)).toEqual(finished)
  const lines = eventLines(eventsOf(log)).trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toEqual(finished)
})

test('events are found by all of several words', () => {
  const events = eventsOf(log)
  expect(filterEvents(events, '  ')).toHaveLength(events.length)
  const found = filterEvents(events, 'CALL.started "call":2')
  expect(found.map(({ type }) => type)).toEqual(['call.started'])
  expect(filterEvents(events, 'call.started nothing-like-this')).toEqual([])
})

test('beside its number, time and type an event is what is left of it', () => {
  expect(detailOf({ seq: 3, at: 1, type: 'turn.started', turn: 1 })).toBe('{"turn":1}')
})

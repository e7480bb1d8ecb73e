import type { RunEvent } from '@volley/shared/run/events.ts'
import type { RunLog } from '@volley/shared/run/log.ts'

/** Events never change: each is put into words once, when it is first looked at. */
const texts = new WeakMap<RunEvent, string>()

export const eventsOf = ({ chunks }: RunLog): RunEvent[] => chunks.flatMap(({ events }) => events)

export function lineOf(event: RunEvent): string {
  const known = texts.get(event)
  if (known !== undefined) return known
  const text = JSON.stringify(event)
  texts.set(event, text)
  return text
}

/** The events whose JSON holds all of these words, whatever their case; all for none. */
export function filterEvents(events: readonly RunEvent[], words: string): readonly RunEvent[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return events
  return events.filter((event) => {
    const text = lineOf(event).toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}

/** What an event says beside its number, time and type, on one line. */
export function detailOf(event: RunEvent): string {
  const { seq: _seq, at: _at, type: _type, ...rest } = event
  return JSON.stringify(rest)
}

/** One event a line, as `volley run --events` prints them. */
export const eventLines = (events: readonly RunEvent[]): string => events.map((event) => `${lineOf(event)}\n`).join('')

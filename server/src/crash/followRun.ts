import { setTimeout as sleep } from 'node:timers/promises'
import type { RunEvent } from '@volley/shared/run/events.ts'
import { eventOfFrame } from '@volley/shared/run/frames.ts'
import { createParser } from 'eventsource-parser'
import type { RealServer } from './realServer.ts'

/**
 * Reads a run's events to its end, across servers that come and go: after each loss it goes on behind the last number it has. Throws at
 * the first gap or repeat. `onEvent` hears every event once. `isPatient` waits where a server has no database for a while.
 */
export async function followRun(
  runId: string,
  server: () => Promise<RealServer>,
  onEvent: (event: RunEvent) => void = () => {},
  { isPatient = false } = {},
): Promise<RunEvent[]> {
  const events: RunEvent[] = []
  while (events.at(-1)?.type !== 'run.finished') {
    const current = await server()
    const received: { id: string | undefined; data: string }[] = []
    const parser = createParser({ onEvent: ({ id, data }) => received.push({ id, data }) })
    try {
      const headers = { 'last-event-id': String(events.length) }
      const answer = await current.call('GET', `/api/runs/${runId}/events`, undefined, headers)
      if (isPatient && answer.status === 503) {
        await answer.text()
        await sleep(50)
        continue
      }
      if (answer.status !== 200) throw new Error(`the events of run ${runId} were answered with ${answer.status}`)
      const decoder = new TextDecoder()
      for await (const bytes of answer.body ?? []) {
        parser.feed(decoder.decode(bytes, { stream: true }))
        for (const { id, data } of received.splice(0)) {
          const event = eventOfFrame(data)
          if (event.seq !== events.length + 1 || id !== String(event.seq))
            throw new Error(`run ${runId}: event ${event.seq} (id ${id}) came after number ${events.length}`)
          events.push(event)
          onEvent(event)
        }
      }
    } catch (error) {
      if (!isLost(error)) throw error
    }
  }
  return events
}

/** Whether the connection is to blame: the server was killed. */
export function isLost(error: unknown): boolean {
  return error instanceof TypeError
}

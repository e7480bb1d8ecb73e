import { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { eventStream } from './eventStream.ts'
import { createOpenStreams } from './openStreams.ts'
import { ApiProblem } from './problems.ts'
import { missing } from './runs.ts'

/** `GET /runs/:id/events`: the run's events from the first, or from the one after `Last-Event-ID`, until it has finished. */
export function runEventRoutes({ store, stopping }: Pick<Deps, 'store' | 'stopping'>) {
  const open = createOpenStreams()
  return new Hono().get('/:id/events', async (c) => {
    const id = c.req.param('id')
    const after = lastEventId(c.req.header('last-event-id'))
    if ((await store.runs.status(id)) === null) missing(id)
    open.check(id)
    const leaving = new AbortController()
    const pages = open.counted(id, store.log.tail(id, after, AbortSignal.any([leaving.signal, stopping])))
    const leave = () => {
      leaving.abort()
      void pages.return(undefined)
    }
    const stream = eventStream(pages, { leave })
    return c.body(stream, 200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
  })
}

function lastEventId(header: string | undefined): number {
  if (header === undefined || header === '') return 0
  if (!/^\d{1,15}$/.test(header))
    throw new ApiProblem('bad_request', `Last-Event-ID must be the number of an event; it is "${header}".`)
  return Number(header)
}

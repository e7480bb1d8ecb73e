import {
  approvalSchema,
  type ConversationAnswer,
  type CurlAnswer,
  type Exchange,
  forkSchema,
  type List,
  type RunListItem,
  replaySchema,
  startRunSchema,
} from '@volley/shared/api.ts'
import type { FlowDocument } from '@volley/shared/flow/flow.ts'
import { isObject } from '@volley/shared/lib/json.ts'
import { type RunRecord, recordOf } from '@volley/shared/run/record.ts'
import { type CallState, type RunState, runFromEvents } from '@volley/shared/run/state.ts'
import type { Finding } from '@volley/shared/trace/findings/finding.ts'
import { findingsOf } from '@volley/shared/trace/findings/index.ts'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { shownConversation } from '../engine/shownConversation.ts'
import type { createStarts } from '../starts/startOnce.ts'
import { readBody } from './body.ts'
import { ApiProblem } from './problems.ts'
import { cursorOf, cursorTo, limitOf, readQuery } from './query.ts'
import { runFilterQuery } from './runFilter.ts'
import { accepted, begun } from './started.ts'
import { startKeyOf } from './startKey.ts'

const listQuery = z.object({
  ...runFilterQuery,
  limit: limitOf(100, 1000),
  cursor: cursorOf(z.string()).optional(),
})

/** `/runs`: starting, listing, reading and cancelling them. */
export function runRoutes(
  { store, engine, audit, hide, documents }: Pick<Deps, 'store' | 'engine' | 'audit' | 'hide' | 'documents'>,
  { start, replay, fork }: ReturnType<typeof createStarts>,
) {
  /** A run as its events tell it, and what it was begun with. */
  const recorded = async (id: string) => {
    const [events, spec] = await Promise.all([store.log.read(id, 0), store.runs.spec(id)])
    if (events.length === 0 || !spec) return missing(id)
    return { run: runFromEvents(events), spec }
  }
  return new Hono()
    .post('/', async (c) => {
      const request = await readBody(c, startRunSchema)
      return accepted(c, begun(await start(request, startKeyOf(c))))
    })
    .get('/', async (c) => {
      const { cursor, ...filter } = readQuery(c, listQuery)
      const items = await store.runs.list({ ...filter, before: cursor })
      const more = items.length === filter.limit ? { cursor: cursorTo(items.at(-1)?.id) } : {}
      return c.json<List<RunListItem>>({ items, ...more })
    })
    .get('/:id', async (c) => {
      const { run, spec } = await recorded(c.req.param('id'))
      return c.json<RunRecord>(recordOf(run, findingsOf(run, spec.flow)))
    })
    .get('/:id/findings', async (c) => {
      const { run, spec } = await recorded(c.req.param('id'))
      return c.json<List<Finding>>({ items: findingsOf(run, spec.flow) })
    })
    .get('/:id/messages', async (c) => {
      const { run, spec } = await recorded(c.req.param('id'))
      return c.json<ConversationAnswer>(hide(shownConversation(run, spec)))
    })
    .get('/:id/exchanges', async (c) => {
      const id = c.req.param('id')
      if ((await store.runs.status(id)) === null) return missing(id)
      return c.json<List<Exchange>>({ items: await store.exchanges.list(id) })
    })
    .get('/:id/flow', async (c) => {
      const { flow } = (await store.runs.spec(c.req.param('id'))) ?? missing(c.req.param('id'))
      return c.json<FlowDocument>(hide(flow))
    })
    .get('/:id/calls/:n/curl', async (c) => {
      const { id, n } = c.req.param()
      const { run, spec } = await recorded(id)
      const call = callOf(run, n)
      const tool = spec.flow.tools.find(({ name }) => name === call.tool)
      const given = call.arguments ?? call.emittedArguments
      const curl = tool && isObject(given) ? documents.curl(tool, given) : null
      if (curl === null)
        throw new ApiProblem('unprocessable', `Call ${n} of run ${id} makes no HTTP request that can be written down.`)
      return c.json<CurlAnswer>({ curl: hide(curl) })
    })
    .post('/:id/replay', async (c) => {
      return accepted(c, begun(await replay(c.req.param('id'), await readBody(c, replaySchema))))
    })
    .post('/:id/fork', async (c) => {
      return accepted(c, begun(await fork(c.req.param('id'), await readBody(c, forkSchema))))
    })
    .post('/:id/calls/:n/approval', async (c) => {
      const { id, n } = c.req.param()
      const decision = await readBody(c, approvalSchema)
      const run = runFromEvents(await store.log.read(id, 0))
      if (run.lastSeq === 0) return missing(id)
      const call = callOf(run, n)
      if (await engine.decide(id, call.call, decision)) {
        audit.note(decision.approve ? 'call_approved' : 'call_denied', { run: id, call: call.call, tool: call.tool })
        return c.json({ runId: id, call: call.call, approved: decision.approve })
      }
      throw new ApiProblem('conflict', `Call ${n} of run ${id} does not wait for an approval: it is ${call.status}.`)
    })
    .post('/:id/cancel', async (c) => {
      const id = c.req.param('id')
      const status = (await store.runs.status(id)) ?? missing(id)
      if (await engine.cancel(id)) return c.json({ runId: id }, 202)
      const now = await store.runs.status(id)
      throw new ApiProblem(
        'conflict',
        now === 'running' || now === 'awaiting_approval'
          ? `Run ${id} is not going on in this server, so it cannot be cancelled here.`
          : `Run ${id} has already ended: it is ${now ?? status}.`,
      )
    })
}

function callOf(run: RunState, number: string): CallState {
  const call = /^[1-9]\d*$/.test(number) ? run.calls[Number(number) - 1] : undefined
  if (!call) throw new ApiProblem('not_found', `Run ${run.id} has no call ${number}.`)
  return call
}

export function missing(id: string): never {
  throw new ApiProblem('not_found', `There is no run "${id}".`)
}

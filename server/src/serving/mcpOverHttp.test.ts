import type { FlowDocument } from '@volley/shared/flow/flow.ts'
import { expect, test } from 'vitest'
import { realServer } from '../testing/realServer.ts'
import { aFlow } from '../testing/runWith.ts'
import { TEST_TOKEN } from '../testing/testEnv.ts'
import { mcpOverHttp } from './mcpOverHttp.ts'
import type { OfferedFlow } from './mcpServer.ts'

// Clients of older protocol revisions, message by message: what they send when they hold no session, and what they could get wrong.

/** A flow whose calls never end by themselves. */
const tides: FlowDocument = {
  format: 'volley.flow/1',
  name: 'Tides',
  agent: {
    provider: 'simulated',
    model: 'simulated-1',
    settings: { pace: { firstTokenMs: 0, callMs: 0 }, script: [{ calls: [{ tool: 'tide' }] }, { text: 'At six.' }] },
  },
  tools: [{ name: 'tide', parameters: { type: 'object' }, run: { kind: 'mock', hang: true } }],
}

const headersOf = ({ token = TEST_TOKEN, session }: Sender): Record<string, string> => ({
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
  'mcp-protocol-version': '2025-06-18',
  ...(session === undefined ? {} : { 'mcp-session-id': session }),
})
interface Sender {
  token?: string
  session?: string
}
const callOf = (id: number) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name: 'Tides', arguments: { input: 'When?' } },
})
const cancelOf = (requestId: number) => ({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } })
const beginning = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'a test', version: '1' } },
}

/** A busy machine may take its time. */
const eventually = <Value>(read: () => Promise<Value>) => expect.poll(read, { timeout: 10_000 })

/** A server that offers the flow, to be sent one message at a time. */
async function served() {
  const server = await realServer()
  const { call, origin } = server
  const { id: flowId } = (await call('POST', '/api/flows', tides)).body
  await call('PUT', `/api/flows/${flowId}/labels/production`, { version: 1 })
  // An answer that nobody holds any more is collected, and its stream closed: that would cancel its call.
  const answers: Response[] = []
  const send = async (body: unknown, sender: Sender = {}, signal: AbortSignal | null = null) => {
    const answer = await fetch(`${origin}/mcp`, {
      method: 'POST',
      headers: headersOf(sender),
      body: JSON.stringify(body),
      signal,
    })
    answers.push(answer)
    return answer
  }
  const runs = async (): Promise<{ id: string; status: string }[]> =>
    (await call('GET', '/api/runs')).body.items.toReversed()
  /** Asks, once what was asked before has become a run. */
  const ask = async (body: unknown, sender?: Sender, signal?: AbortSignal) => {
    const before = (await runs()).length
    const answer = await send(body, sender, signal)
    await eventually(async () => (await runs()).length).toBeGreaterThan(before)
    return answer
  }
  const statuses = async () => (await runs()).map(({ status }) => status)
  return { ...server, flowId, send, ask, runs, statuses }
}

test('who begins is given a session of its own, in which a cancellation ends the run without an answer', async () => {
  const { send, ask, statuses } = await served()
  const sessions: string[] = []
  for (const _client of [1, 2]) sessions.push((await send(beginning)).headers.get('mcp-session-id') ?? '')
  expect(new Set(sessions.filter(Boolean)).size).toBe(2)
  const [session = '', other = ''] = sessions
  const answer = await ask(callOf(1), { session })
  await ask(callOf(1), { session: other })
  expect((await send(cancelOf(1), { session })).status).toBe(202)
  expect(await answer.text()).not.toContain('"result"')
  await eventually(statuses).toEqual(['cancelled', 'running'])
})

test('a cancellation reaches no request of another token or session, nor one that has another number', async () => {
  const { call, flowId, send, ask, statuses } = await served()
  const { token } = (await call('POST', '/api/tokens', { name: 'a shop', flowId })).body
  await ask(callOf(1))
  await ask(callOf(1), { token })
  await ask(callOf(1), { token, session: 's' })
  for (const [message, sender] of [
    [cancelOf(2), {}],
    [cancelOf(1), { session: 's' }],
    [cancelOf(1), { token, session: 't' }],
  ] as const)
    expect((await send(message, sender)).status).toBe(202)
  // The one that does reach a request is sent last: whatever those before had ended would show.
  await send(cancelOf(1), { token })
  await eventually(statuses).toEqual(['running', 'cancelled', 'running'])
  await send(cancelOf(1), { token, session: 's' })
  await eventually(statuses).toEqual(['running', 'cancelled', 'cancelled'])
  expect((await send(cancelOf(1), { token: 'volley_run_made-up' })).status).toBe(401)
  await send(cancelOf(1))
  await eventually(statuses).toEqual(['cancelled', 'cancelled', 'cancelled'])
})

test('without a session, two requests of one number are told apart by their streams alone', async () => {
  const { send, ask, statuses } = await served()
  const leave = new AbortController()
  // One that was answered is none of them.
  await (await send({ jsonrpc: '2.0', id: 1, method: 'tools/list' })).text()
  await ask(callOf(1), {}, leave.signal)
  await ask(callOf(1))
  await send(cancelOf(1))
  leave.abort()
  await eventually(statuses).toEqual(['cancelled', 'running'])
  // Now it is the only one.
  await send(cancelOf(1))
  await eventually(statuses).toEqual(['cancelled', 'cancelled'])
})

test('of several requests in one message, one is cancelled and the others go on', async () => {
  const { send, ask, statuses } = await served()
  const answer = await ask([callOf(1), callOf(2)])
  await eventually(async () => (await statuses()).length).toBe(2)
  await send(cancelOf(1))
  await eventually(async () => (await statuses()).toSorted()).toEqual(['cancelled', 'running'])
  await send(cancelOf(2))
  expect(await answer.text()).toContain('"id":2')
  await eventually(statuses).toEqual(['cancelled', 'cancelled'])
})

test('a cancellation counts from the moment its request has come, also before the flows were looked up', async () => {
  const lookedUp = Promise.withResolvers<void>()
  const ran: boolean[] = []
  const run: OfferedFlow['run'] = async (_given, { signal }) => {
    ran.push(signal.aborted)
    return { runId: null, status: 'cancelled', output: null, error: null }
  }
  let requests = 0
  const answer = mcpOverHttp(
    async () => {
      if (++requests === 1) await lookedUp.promise
      return [{ flow: { ...aFlow([]), name: 'Tides' }, run }]
    },
    { version: '1', onFault: () => {} },
  )
  const send = (body: unknown) =>
    answer(new Request('http://volley.test/mcp', { method: 'POST', headers: headersOf({}) }), { client: 'a', body })
  const asked = send(callOf(1))
  expect((await send(cancelOf(1))).status).toBe(202)
  lookedUp.resolve()
  await (await asked).text()
  expect(ran).toEqual([true])
})

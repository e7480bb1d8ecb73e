import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Flow, Tool } from '@volley/shared/flow/flow.ts'
import { runFromEvents } from '@volley/shared/run/state.ts'
import { expect, onTestFinished, test } from 'vitest'
import { logFaults } from '../testing/invariants.ts'
import { temporaryFolder } from '../testing/temporaryFolder.ts'
import { followRun } from './followRun.ts'
import { startRealServer } from './realServer.ts'

// Cancelling, deciding and stopping at every kind of moment, over real HTTP, with a model and a tool that never end by themselves.

/** A model and a tool in this process; `model` and `tool` say what to do with each request, `left` counts those the server gave up. */
async function startStage({
  model,
  tool,
}: {
  model: (response: ServerResponse, turn: number) => void
  tool?: (response: ServerResponse, nth: number) => void
}) {
  const seen = { model: 0, tool: 0 }
  const left = { model: 0, tool: 0 }
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const part of request) text += part
    const who = request.url?.startsWith('/tools/') ? 'tool' : 'model'
    seen[who]++
    response.on('close', () => {
      if (!response.writableFinished) left[who]++
    })
    if (who === 'tool') return tool?.(response, seen.tool)
    const { messages } = JSON.parse(text) as { messages: { role: string }[] }
    model(response, messages.filter(({ role }) => role === 'assistant').length + 1)
  })
  server.listen(0, '127.0.0.1')
  await new Promise<void>((resolve) => server.once('listening', () => resolve()))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const environment = {
    VOLLEY_DATA: `${temporaryFolder()}/data`,
    VOLLEY_EGRESS_ALLOW: host,
    OPENAI_API_KEY: 'sk-crash',
    OPENAI_BASE_URL: `http://${host}/v1`,
  }
  return { seen, left, host, environment }
}

function say(response: ServerResponse, calls: readonly string[], { ends = true } = {}) {
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' })
  const write = (delta: object, finish_reason: string | null = null) =>
    response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`)
  for (const [index, name] of calls.entries())
    write({ tool_calls: [{ index, id: `c${index}`, type: 'function', function: { name, arguments: '{}' } }] })
  if (calls.length === 0) write({ content: 'Done.' })
  if (!ends) return
  write({}, calls.length > 0 ? 'tool_calls' : 'stop')
  response.end('data: [DONE]\n\n')
}

function flowOf(host: string, tools: Record<string, Partial<Tool>>): Flow {
  return {
    format: 'volley.flow/1',
    name: 'Cancel',
    description: '',
    agent: { provider: 'openai-chat', model: 'scripted-1' },
    tools: Object.entries(tools).map(([name, more]) => ({
      name,
      parameters: { type: 'object' },
      run: { kind: 'http', method: 'POST', url: `http://${host}/tools/${name}` },
      ...more,
    })),
    edges: [],
    layout: {},
    notes: [],
  }
}

const hinted: Partial<Tool> = { annotations: { readOnlyHint: true } }

async function until(holds: () => boolean | Promise<boolean>) {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 500) throw new Error(`it did not come to ${holds}`)
    await sleep(10)
  }
}

/** Starts a run and gives what a test does with it. */
async function aRun(environment: Record<string, string>, flow: Flow) {
  const server = await startRealServer(environment)
  const { runId } = (await (await server.call('POST', '/api/runs', { flow, input: 'Go.' })).json()) as { runId: string }
  const told = async () =>
    (await (await server.call('GET', `/api/runs/${runId}`)).json()) as ReturnType<typeof runFromEvents>
  const cancelled = async () => {
    const before = performance.now()
    expect((await server.call('POST', `/api/runs/${runId}/cancel`, {})).status).toBe(202)
    const events = await followRun(runId, async () => server)
    expect(performance.now() - before).toBeLessThan(20_000)
    expect(logFaults(events, flow)).toEqual([])
    const run = runFromEvents(events)
    expect(run.status).toBe('cancelled')
    expect((await server.call('POST', `/api/runs/${runId}/cancel`, {})).status).toBe(409)
    return run
  }
  const decide = async (call: number | string, approve: boolean) =>
    (await server.call('POST', `/api/runs/${runId}/calls/${call}/approval`, { approve })).status
  return { server, runId, told, cancelled, decide }
}

test('cancelling while the model emits closes its connection and aborts the early call', async () => {
  const stage = await startStage({ model: (response) => say(response, ['look', 'pay'], { ends: false }) })
  const { cancelled } = await aRun(stage.environment, flowOf(stage.host, { look: hinted, pay: {} }))
  await until(() => stage.seen.tool === 1)
  const run = await cancelled()
  expect(run.calls.map(({ status, attempts }) => [status, attempts.length])).toEqual([
    ['cancelled', 1],
    ['cancelled', 0],
  ])
  await until(() => stage.left.model === 1 && stage.left.tool === 1)
}, 60_000)

test('cancelling in a retry pause and in the back-off of a broken turn ends the run at once, and nothing is tried again', async () => {
  const stage = await startStage({
    model: (response) => say(response, ['look']),
    tool: (response) => response.writeHead(503, { 'retry-after': '30' }).end(),
  })
  const retrying = await aRun(stage.environment, flowOf(stage.host, { look: hinted }))
  await until(async () => (await retrying.told()).calls[0]?.attempts[0]?.finishedAt != null)
  expect((await retrying.cancelled()).calls[0]).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } })
  expect(stage.seen.tool).toBe(1)

  const broken = await startStage({ model: (response) => response.writeHead(429, { 'retry-after': '30' }).end('{}') })
  const backingOff = await aRun(broken.environment, flowOf(broken.host, { look: hinted }))
  await until(async () => (await backingOff.told()).turns[0]?.retries.length === 1)
  await backingOff.cancelled()
  expect(broken.seen.model).toBe(1)
}, 60_000)

test('a call that awaits approval holds back nothing else; decisions that cannot count are refused; cancelling takes it back', async () => {
  const stage = await startStage({
    model: (response) => say(response, ['sign', 'look']),
    tool: (response) => response.end('1'),
  })
  const flow = flowOf(stage.host, { sign: { policy: { approval: 'always' } }, look: {} })
  const { cancelled, decide, told } = await aRun(stage.environment, flow)
  await until(
    async () => (await told()).status === 'awaiting_approval' && (await told()).calls[1]?.status === 'succeeded',
  )
  expect([await decide(2, true), await decide(3, true), await decide('x', true), await decide('01', true)]).toEqual([
    409, 404, 404, 404,
  ])
  const run = await cancelled()
  expect(run.calls[0]).toMatchObject({ status: 'cancelled', attempts: [] })
  expect(await decide(1, true)).toBe(409)
  expect(stage.seen.tool).toBe(1)
}, 60_000)

test('an approval survives a kill in both states, counts once, and is for that call alone', async () => {
  const stage = await startStage({
    model: (response, turn) => say(response, turn === 1 ? ['sign', 'sign'] : []),
    tool: (response) => void setTimeout(() => response.end('1'), 50),
  })
  const flow = flowOf(stage.host, { sign: { policy: { approval: 'always' }, ...hinted } })
  const { server, runId, told, decide } = await aRun(stage.environment, flow)
  await until(async () => (await told()).calls.filter(({ status }) => status === 'awaiting_approval').length === 2)
  expect([await decide(1, true), await decide(1, false)]).toEqual([200, 409])
  server.process.kill('SIGKILL')
  await server.ended

  const next = await startRealServer(stage.environment)
  const decideNow = async (call: number, approve: boolean) =>
    (await next.call('POST', `/api/runs/${runId}/calls/${call}/approval`, { approve, reason: 'not today' })).status
  expect([await decideNow(1, true), await decideNow(2, false)]).toEqual([409, 200])
  const events = await followRun(runId, async () => next)
  expect(logFaults(events, flow)).toEqual([])
  const run = runFromEvents(events)
  expect(run.calls.map(({ status, error }) => [status, error?.code])).toEqual([
    ['succeeded', undefined],
    ['failed', 'denied'],
  ])
  expect(events.filter(({ type }) => type === 'call.awaiting_approval')).toHaveLength(2)
}, 60_000)

test('told to stop, a server ends streams with code 0 and leaves its runs to the next start, where they go on', async () => {
  const stage = await startStage({
    model: (response, turn) =>
      say(response, turn === 1 ? ['look', 'pay', 'sign'] : [], { ends: turn > 1 || stage.seen.model > 1 }),
    tool: (response, nth) => void (nth > 1 && response.end('1')),
  })
  const flow = flowOf(stage.host, { look: hinted, pay: {}, sign: { policy: { approval: 'always' } } })
  const { server, runId } = await aRun(stage.environment, flow)
  await until(() => stage.seen.tool === 1)
  let current = server
  const restarted = Promise.withResolvers<typeof server>()
  const events = followRun(runId, () =>
    current === server && server.process.exitCode === null ? Promise.resolve(server) : restarted.promise,
  )
  await sleep(100)
  server.process.kill('SIGTERM')
  // The second one says that what runs is not waited for.
  await sleep(1_200)
  server.process.kill('SIGTERM')
  expect(await server.ended).toBe(0)
  expect([stage.left.model, stage.left.tool]).toEqual([1, 1])
  current = await startRealServer(stage.environment)
  restarted.resolve(current)
  await until(
    async () => (await current.call('POST', `/api/runs/${runId}/calls/6/approval`, { approve: true })).status === 200,
  )
  const whole = await events
  expect(logFaults(whole, flow)).toEqual([])
  expect(runFromEvents(whole).calls.map(({ tool, status, adoptedFrom }) => [tool, status, adoptedFrom])).toEqual([
    ['look', 'succeeded', undefined],
    ['pay', 'cancelled', undefined],
    ['sign', 'cancelled', undefined],
    ['look', 'succeeded', 1],
    ['pay', 'succeeded', undefined],
    ['sign', 'succeeded', undefined],
  ])
}, 60_000)

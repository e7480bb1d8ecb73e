import type { RunEvent } from '@volley/shared/run/events.ts'
import { frameOf } from '@volley/shared/run/frames.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { EMPTY_FLOW, useFlowStore } from '../state/flowStore.ts'
import { useRunStore } from '../state/runStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { useConversation } from './conversation.ts'

vi.mock('../actions/saving.ts', () => ({ flushSave: async () => {} }))
const { runCurrentFlow, stopRun } = await import('./runs.ts')

const USAGE = { inputTokens: 1, outputTokens: 1 }
const SUMMARY = {
  elapsedMs: 2,
  serialMs: 2,
  criticalPathMs: 2,
  criticalPath: [],
  speedup: 1,
  maxConcurrency: 0,
  callsPerTurn: 0,
  calls: { total: 0, succeeded: 0, failed: 0, skipped: 0, cancelled: 0 },
}

/** The whole of a run that says one word. */
function logOf(runId: string, input: string): RunEvent[] {
  const started = { flow: { id: null, name: 'f', version: null }, parallelism: 'graph' as const }
  return [
    { seq: 1, at: 0, type: 'run.started', runId, input, provider: 'simulated', model: 'm', ...started },
    { seq: 2, at: 1, type: 'turn.started', turn: 1 },
    { seq: 3, at: 1, type: 'text.delta', turn: 1, text: 'Done.' },
    { seq: 4, at: 2, type: 'turn.finished', turn: 1, usage: USAGE, stopReason: 'end' },
    {
      seq: 5,
      at: 2,
      type: 'run.finished',
      status: 'succeeded',
      output: 'Done.',
      usage: USAGE,
      costUsd: null,
      summary: SUMMARY,
    },
  ]
}

/** A server that starts runs, or answers with what `refuse` says. */
function serving(refuse?: { status: number; message: string }) {
  const asked: { path: string; body: { input?: string; flow?: unknown; flowId?: string; version?: number } }[] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const body = init.body ? JSON.parse(String(init.body)) : {}
    if (init.method === 'POST') asked.push({ path, body })
    if (path === '/api/runs' && refuse)
      return new Response(JSON.stringify({ error: { code: 'unprocessable', message: refuse.message } }), {
        status: refuse.status,
      })
    if (path === '/api/runs') return Response.json({ runId: `r${asked.length}` }, { status: 202 })
    const events = /runs\/(.*)\/events/.exec(path)
    if (events)
      return new Response(
        logOf(events[1] as string, String(asked.at(-1)?.body.input))
          .map(frameOf)
          .join(''),
      )
    return Response.json({ items: [] })
  })
  return asked
}

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => setTimeout(callback, 0))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
  vi.stubGlobal('document', { getElementById: () => null })
  serving()
  useFlowStore.getState().open({ ...EMPTY_FLOW }, null)
})
afterEach(() => vi.unstubAllGlobals())

const say = (prompt: string) => useSessionStore.getState().setPrompt(prompt)

test('a flow that was never saved is run as it stands, and its answer is there at the end', async () => {
  const asked = serving()
  say('Hello')
  await runCurrentFlow()
  expect(asked[0]?.body).toMatchObject({ flow: { name: 'Untitled flow' }, input: 'Hello' })
  expect(useRunStore.getState().run).toMatchObject({ status: 'succeeded', output: 'Done.', input: 'Hello' })
  expect(useSessionStore.getState().prompt).toBe('')
})

test('a saved flow is run by its version; with unsaved changes by what stands on the canvas', async () => {
  const asked = serving()
  useFlowStore.getState().open({ ...EMPTY_FLOW }, { flowId: 'f1', version: 3 })
  say('Hello')
  await runCurrentFlow()
  expect(asked[0]?.body).toEqual({ flowId: 'f1', version: 3, input: 'Hello' })
  useFlowStore.getState().change('Rename', (flow) => ({ ...flow, name: 'New name' }))
  await runCurrentFlow()
  expect(asked[1]?.body).toMatchObject({ flow: { name: 'New name' }, input: 'Hello' })
})

test('Run without a message says the last one again, and keeps the run before in the conversation', async () => {
  const asked = serving()
  say('Hello')
  await runCurrentFlow()
  await runCurrentFlow()
  expect(asked.map((one) => one.body.input)).toEqual(['Hello', 'Hello'])
  expect(useConversation.getState().past.map((run) => run.id)).toEqual(['r1'])
})

test('without any message nothing is asked for, and a sentence says what to do', async () => {
  const asked = serving()
  await runCurrentFlow()
  expect(asked).toEqual([])
  expect(useConversation.getState().fault).toMatch(/Write what the agent should do/)
})

test('a refused start is a sentence, and the message stays in its box', async () => {
  serving({ status: 422, message: 'The flow has a fault.' })
  say('Hello')
  await runCurrentFlow()
  expect(useConversation.getState()).toMatchObject({ fault: 'The flow has a fault.', starting: false })
  expect(useSessionStore.getState().prompt).toBe('Hello')
  expect(useRunStore.getState().run).toBe(null)
})

test('pressing Run twice starts one run; Stop pressed before the server answered stops it', async () => {
  const asked = serving()
  say('Hello')
  const first = runCurrentFlow()
  const second = runCurrentFlow()
  const stopped = stopRun()
  await Promise.all([first, second, stopped])
  expect(asked.map((one) => one.path)).toEqual(['/api/runs', '/api/runs/r1/cancel'])
})

test('opening another flow begins a new conversation; the first save of this one does not', async () => {
  say('Hello')
  await runCurrentFlow()
  const { history, setSaved, open } = useFlowStore.getState()
  setSaved({ flowId: 'f1', version: 1, flow: history.present })
  expect(useRunStore.getState().run).not.toBe(null)
  open({ ...EMPTY_FLOW }, null)
  expect(useRunStore.getState().run).toBe(null)
  expect(useConversation.getState().past).toEqual([])
})

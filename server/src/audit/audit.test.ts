import { expect, test } from 'vitest'
import type { ToolOutcome } from '../engine/ports.ts'
import { aTool } from '../testing/runWith.ts'
import { TEST_TOKEN, testApp } from '../testing/testApp.ts'
import { createAudit } from './audit.ts'
import { auditedTools } from './auditedTools.ts'

function notes() {
  const noted: [string, unknown][] = []
  return { noted, note: (what: string, detail?: unknown) => void noted.push([what, detail]) }
}

test('a run’s use of a secret is noted once, each refusal of a call always', async () => {
  const { noted, note } = notes()
  let outcome: ToolOutcome = { ok: true, result: 1 }
  const tools = auditedTools({ run: async () => outcome }, { note })
  const tool = aTool('tides', {
    run: { kind: 'http', url: 'https://a.example/{{secret.A}}', headers: { x: '{{secret.B}} {{secret.A}}' } },
  })
  const call = (key: string) => tools.run({ tool, arguments: {}, idempotencyKey: key }, new AbortController().signal)
  await call('run:1')
  await call('run:2')
  expect(noted).toEqual([
    ['secret_used', { secret: 'A', run: 'run', tool: 'tides' }],
    ['secret_used', { secret: 'B', run: 'run', tool: 'tides' }],
  ])
  await call('other:1')
  expect(noted).toHaveLength(4)
  outcome = { ok: false, code: 'blocked', message: 'Not there.', retry: false }
  await call('run:3')
  expect(noted[4]).toEqual(['call_blocked', { run: 'run', call: 3, tool: 'tides', message: 'Not there.' }])
})

test('what a stranger can repeat makes one entry a minute', async () => {
  let now = 0
  const added: [string, unknown][] = []
  const rows = { add: async (what: string, detail: unknown) => void added.push([what, detail]), list: async () => [] }
  const audit = createAudit(rows, { now: () => now, hide: (value) => value, onFault: () => {} })
  for (; now < 60_000; now += 1000) audit.noteSeldom('token_refused', { path: '/x' })
  audit.noteSeldom('token_refused', { path: '/y' })
  await audit.idle()
  expect(added).toEqual([
    ['token_refused', { path: '/x' }],
    ['token_refused', { path: '/y', moreBefore: 59 }],
  ])
})

test('an entry that cannot be stored stops nobody', async () => {
  const faults: unknown[] = []
  const rows = { add: () => Promise.reject(new Error('full')), list: async () => [] }
  const audit = createAudit(rows, { now: () => 0, hide: (value) => value, onFault: (fault) => faults.push(fault) })
  audit.note('signed_in')
  await audit.idle()
  expect(faults).toHaveLength(1)
})

test('signing in, refused tokens, imports, exports and approvals can be read back, the newest first, page by page', async () => {
  const { app, call, audit } = await testApp()
  await app.request(`http://127.0.0.1:4400/?token=${TEST_TOKEN}`)
  await call('GET', '/api/flows', undefined, { authorization: 'Bearer wrong' })
  await call('GET', '/api/runs', undefined, { authorization: 'Bearer wrong' })
  await call('POST', '/api/import', { content: '[]' })
  const flow = { format: 'volley.flow/1', name: 'x', agent: { provider: 'simulated', model: 's' }, tools: [] }
  const { id } = (await call('POST', '/api/flows', flow)).body
  await call('GET', `/api/flows/${id}/export?format=openai`)
  const { hash } = (await call('PUT', '/api/connections/near', { kind: 'mcp', command: 'node' })).body
  await call('POST', '/api/connections/near/approve', { hash })
  await audit.idle()
  const first = (await call('GET', '/api/audit?limit=4')).body
  const rest = (await call('GET', `/api/audit?limit=40&cursor=${first.cursor}`)).body
  expect([...first.items, ...rest.items].map(({ what }: { what: string }) => what)).toEqual([
    'connection_approved',
    'connection_stored',
    'exported',
    'imported',
    'token_refused',
    'signed_in',
  ])
  expect(rest.cursor).toBeUndefined()
})

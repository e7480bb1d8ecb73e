import { expect, test } from 'vitest'
import { testApp } from '../testing/testApp.ts'

test('a secret goes in, and only its name comes out', async () => {
  const { call, audit, logged } = await testApp()
  const put = await call('PUT', '/api/secrets/TIDE_KEY', { value: 'tern-4471', origins: ['https://Tides.example/'] })
  expect(put.status).toBe(200)
  const listed = await call('GET', '/api/secrets')
  expect(listed.body.items).toMatchObject([{ name: 'TIDE_KEY', origins: ['https://tides.example'], readable: true }])
  await audit.idle()
  const audited = await call('GET', '/api/audit')
  expect(audited.body.items[0]).toMatchObject({ what: 'secret_stored', detail: { secret: 'TIDE_KEY' } })
  expect([put.text, listed.text, audited.text, ...logged].join()).not.toContain('tern-4471')
  expect((await call('DELETE', '/api/secrets/TIDE_KEY')).status).toBe(204)
  expect((await call('DELETE', '/api/secrets/TIDE_KEY')).status).toBe(404)
})

test.each([
  ['a name that begins with a digit', '9KEY', { value: 'x' }],
  ['a name that is too long', 'K'.repeat(65), { value: 'x' }],
  ['an empty value', 'KEY', { value: '' }],
  ['a value larger than 64 KB', 'KEY', { value: 'é'.repeat(32_769) }],
  ['a value that is no text', 'KEY', { value: 4471 }],
  ['an unknown key', 'KEY', { value: 'x', origin: 'https://a.example' }],
  ['an origin with a path', 'KEY', { value: 'x', origins: ['https://a.example/b'] }],
  ['an origin that is none', 'KEY', { value: 'x', origins: ['a.example'] }],
])('%s is refused with a reason', async (_what, name, body) => {
  const { call } = await testApp()
  const answer = await call('PUT', `/api/secrets/${name}`, body)
  expect([answer.status, answer.body.error.message.length > 20]).toEqual([422, true])
  expect((await call('GET', '/api/secrets')).body.items).toEqual([])
})

test('an error and an export hold no secret', async () => {
  const { call, app } = await testApp()
  await call('PUT', '/api/secrets/KEY', { value: 'tern-4471' })
  const error = await call('GET', '/api/runs/tern-4471')
  expect([error.status, error.text.includes('tern-4471')]).toEqual([404, false])
  const flow = {
    format: 'volley.flow/1',
    name: 'Tides',
    agent: { provider: 'simulated', model: 'simulated-1', system: 'The key is tern-4471.' },
    tools: [],
  }
  const saved = await call('POST', '/api/flows', flow)
  const exported = await call('GET', `/api/flows/${saved.body.id}/export`)
  expect(exported.body.agent.system).toBe('The key is ***.')
  expect(app).toBeDefined()
})

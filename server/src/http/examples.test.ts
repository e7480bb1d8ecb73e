import { mkdirSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { aFlow } from '../testing/logEvents.ts'
import { testApp } from '../testing/testApp.ts'

test('the examples are offered in the order of their list, each with its document', async () => {
  const { call, folder } = await testApp()
  expect((await call('GET', '/api/examples')).body).toEqual({ items: [] })
  mkdirSync(`${folder}/examples`)
  const entries = ['weather', 'research'].map((id) => ({
    id,
    title: id,
    summary: 'S',
    prompt: 'P',
    topics: ['waiting'],
  }))
  writeFileSync(`${folder}/examples/examples.json`, JSON.stringify(entries))
  for (const { id } of entries) writeFileSync(`${folder}/examples/${id}.flow.json`, JSON.stringify(aFlow(id)))
  expect((await call('GET', '/api/examples')).body.items).toEqual(
    entries.map((entry) => ({ ...entry, flow: aFlow(entry.id) })),
  )
})

test('info tells the version, the providers, and what tools may reach', async () => {
  const { call } = await testApp()
  expect((await call('GET', '/api/info')).body).toEqual({
    version: '0.0.1',
    providers: [{ name: 'simulated', label: 'Simulated', available: true, models: ['simulated-1'] }],
    network: { exceptions: ['10.0.0.0/8'], codeFetch: false },
  })
})

test('an import answers what the reader of formats says', async () => {
  const { call } = await testApp()
  const answer = await call('POST', '/api/import', { content: '[]', format: 'mcp' })
  expect([answer.status, answer.body.format]).toEqual([200, 'mcp'])
  expect((await call('POST', '/api/import', { content: [] })).status).toBe(422)
  expect((await call('POST', '/api/import', { content: '', format: 'xml' })).status).toBe(422)
})

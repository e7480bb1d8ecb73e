import { expect, test } from 'vitest'
import { testApp } from '../testing/testApp.ts'

const PRICE = { inputUsd: 0.2, outputUsd: 0.8, cachedUsd: null, date: '2026-11-01', source: 'the bill of October' }

test('prices are listed, added, corrected and reset', async () => {
  const { call, audit } = await testApp()
  const name = encodeURIComponent('meta/llama 4')
  const put = await call('PUT', `/api/prices/my-server/${name}`, PRICE)
  expect([put.status, put.body]).toEqual([
    200,
    { provider: 'my-server', model: 'meta/llama 4', ...PRICE, origin: 'own' },
  ])
  await call('PUT', '/api/prices/openai/gpt-4.1', PRICE)
  const listed = (await call('GET', '/api/prices')).body.items
  const rowOf = (model: string) => listed.find((row: { model: string }) => row.model === model)
  expect(rowOf('gpt-4.1')).toMatchObject({ ...PRICE, origin: 'own', instead: { inputUsd: 2 } })
  expect(rowOf('gpt-4o')).toMatchObject({ origin: 'built-in', source: expect.stringContaining('OpenAI') })

  expect((await call('DELETE', `/api/prices/my-server/${name}`)).status).toBe(204)
  expect((await call('DELETE', `/api/prices/my-server/${name}`)).status).toBe(404)
  expect((await call('DELETE', '/api/prices')).status).toBe(204)
  const { items } = (await call('GET', '/api/prices')).body
  expect(items.filter((row: { origin: string }) => row.origin === 'own')).toEqual([])
  await audit.idle()
  const audited = (await call('GET', '/api/audit')).body.items.map((entry: { what: string }) => entry.what)
  expect(audited).toEqual(['prices_reset', 'prices_reset', 'price_stored', 'price_stored'])
})

test.each([
  ['a negative price', { ...PRICE, inputUsd: -1 }],
  ['a price that is no number', { ...PRICE, outputUsd: '1' }],
  ['no price for what is written', { ...PRICE, outputUsd: null }],
  ['a day that does not exist', { ...PRICE, date: '2026-02-30' }],
  ['no source', { ...PRICE, source: ' ' }],
  ['an unknown key', { ...PRICE, currency: 'EUR' }],
])('%s is refused with a reason', async (_what, body) => {
  const { call } = await testApp()
  const answer = await call('PUT', '/api/prices/my-server/llama', body)
  expect([answer.status, answer.body.error.message.length > 20]).toEqual([422, true])
  const named = await call('PUT', `/api/prices/my-server/${'m'.repeat(201)}`, PRICE)
  expect([named.status, named.body.error.message]).toEqual([422, expect.stringContaining('name of a model')])
})

import { expect, test } from 'vitest'
import { exchangeOf } from './exchange.ts'

test('secrets are hidden in what went out, and where the answer repeats them', () => {
  const secret = 'p/a ss'
  const said = `${secret} ${encodeURIComponent(secret)} ${Buffer.from(secret).toString('base64')}`
  const exchange = exchangeOf(
    {
      kind: 'http',
      url: 'https://harbour.example/a?key={{secret.KEY}}',
      headers: { Authorization: 'Bearer {{secret.KEY}}' },
    },
    { berth: 7 },
    {
      secrets: { get: () => secret },
      idempotencyKey: 'r:1',
      answer: { status: 200, headers: { 'x-said': said }, body: Buffer.from(said + 'x'.repeat(50_000)) },
    },
  )
  expect(JSON.stringify(exchange)).not.toMatch(/p\/a|p%2Fa|cC9h/)
  expect(exchange.request).toMatchObject({
    url: 'https://harbour.example/a?key=***&berth=7',
    headers: { authorization: 'Bearer ***' },
  })
  expect(exchange.answer?.headers['x-said']).toBe('*** *** ***')
  expect(exchange.answer?.body.text).toHaveLength(20_000)
  expect(exchange.answer?.body.bytes).toBe(50_000 + said.length)
})

test('a secret that the caller typed as an argument, or that the document holds, is hidden as well', () => {
  const exchange = exchangeOf(
    { kind: 'http', method: 'POST', url: 'https://harbour.example/{{berth}}', headers: { 'X-Key': 'tern-4471' } },
    { berth: 'tern-4471', note: 'tern-4471' },
    {
      secrets: { get: () => undefined },
      idempotencyKey: 'r:1',
      answer: null,
      hide: (text) => text.replaceAll('tern-4471', '***'),
    },
  )
  expect(exchange.request).toMatchObject({
    url: 'https://harbour.example/***',
    headers: { 'x-key': '***' },
    body: { text: '{"note":"***"}' },
  })
})

import { expect, test } from 'vitest'
import { testApp } from '../testing/testApp.ts'

test('every address of the page shows its document; others are 404', async () => {
  const { call } = await testApp()
  for (const path of [
    '/',
    '/flows/abc',
    '/runs',
    '/runs/abc',
    '/compare?runs=a,b',
    '/evals',
    '/evals/abc',
    '/evals/new',
    '/evals/data-sets/abc',
    '/settings',
    '/gallery',
  ]) {
    const { status, text, headers } = await call('GET', path)
    expect([status, text.includes('<title>Volley'), headers.get('cache-control')], path).toEqual([
      200,
      true,
      'no-cache',
    ])
  }
  for (const path of ['/flows', '/nothing', '/index.html', '/assets', '/assets/../index.html'])
    expect((await call('GET', path)).status, path).toBe(404)
})

test('hashed files are kept for good, others are asked for again', async () => {
  const { call } = await testApp()
  const hashed = await call('GET', '/assets/index-abc123.js')
  expect([hashed.headers.get('cache-control'), hashed.headers.get('content-type')]).toEqual([
    'public, max-age=31536000, immutable',
    'text/javascript; charset=utf-8',
  ])
  expect((await call('GET', '/theme.js')).headers.get('cache-control')).toBe('no-cache')
})

test('every answer carries the strict headers, whatever its status', async () => {
  const { app, call } = await testApp()
  const answers = [await call('GET', '/'), await call('GET', '/api/flows'), await call('GET', '/api/none')]
  const refused = await app.request('http://127.0.0.1:4400/api/flows')
  for (const { headers } of [...answers, refused]) {
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  }
  expect(answers[1]?.headers.get('cache-control')).toBe('no-store')
})

import { expect, test } from 'vitest'
import { aFlow } from '../testing/logEvents.ts'
import { TEST_TOKEN, TEST_URL, testApp } from '../testing/testApp.ts'

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

test('a body of another type is 415, on every path', async () => {
  const { call } = await testApp()
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])
    for (const [method, path] of [
      ['POST', '/api/flows/validate'],
      ['POST', '/api/runs/none/cancel'],
      ['DELETE', '/api/flows/none'],
      ['POST', '/nowhere'],
    ] as const)
      expect((await call(method, path, 'name=berth', { 'content-type': type })).status, `${type} ${path}`).toBe(415)
  const typed = { 'content-type': 'Application/JSON; charset=utf-8' }
  expect((await call('POST', '/api/flows/validate', aFlow(), typed)).status).toBe(200)
})

test('a body that is no JSON is 400', async () => {
  const { app, call } = await testApp()
  for (const text of ['{"format":', '', 'undefined', "{'a':1}"])
    expect((await call('POST', '/api/flows/validate', text)).status, text).toBe(400)
  const answer = await app.request(`${TEST_URL}/api/flows/validate`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TEST_TOKEN}`, 'content-type': 'application/json' },
    body: new Uint8Array([0x22, 0xff, 0x22]),
  })
  expect(answer.status).toBe(400)
})

test('a body deeper than 64 levels is 400, before it is read in', async () => {
  const { call } = await testApp()
  expect((await call('POST', '/api/flows/validate', nested(64))).status).toBe(200)
  expect((await call('POST', '/api/flows/validate', nested(65))).status).toBe(400)
  expect((await call('POST', '/api/flows/validate', nested(1_000_000))).status).toBe(400)
})

test('a body above 5 MB is 413, said or counted', async () => {
  const { app, call } = await testApp()
  const large = JSON.stringify({ ...aFlow(), description: 'x'.repeat(5_000_000) })
  expect((await call('POST', '/api/flows', large)).status).toBe(413)
  const stream = new Blob([large]).stream()
  const answer = await app.request(`${TEST_URL}/api/flows`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TEST_TOKEN}`, 'content-type': 'application/json' },
    body: stream,
    duplex: 'half',
  } as RequestInit)
  expect(answer.status).toBe(413)
  const fits = JSON.stringify({ ...aFlow(), description: 'x'.repeat(4_000_000) })
  expect((await call('POST', '/api/flows', fits)).status).toBe(201)
})

import { expect, test } from 'vitest'
import { testApp } from '../testing/testApp.ts'

test('a source is checked, and its problems come with their places', async () => {
  const { call } = await testApp()
  expect(await call('POST', '/api/code/check', { source: 'bad' })).toMatchObject({
    status: 200,
    body: { problems: [{ line: 1, column: 1, message: 'bad' }] },
  })
  expect((await call('POST', '/api/code/check', { source: 'export default () => 1' })).body).toEqual({ problems: [] })
})

test('what is no source is refused, and so is one without the token', async () => {
  const { app, call } = await testApp()
  expect((await call('POST', '/api/code/check', { source: 1 })).status).toBe(422)
  expect((await call('POST', '/api/code/check', { source: '', more: 1 })).status).toBe(422)
  expect((await app.request('http://127.0.0.1:4400/api/code/check', { method: 'POST' })).status).toBe(401)
})

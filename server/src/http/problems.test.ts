import { expect, test } from 'vitest'
import { StoreFault } from '../store/storeFault.ts'
import { fakeDocuments } from '../testing/fakeParts.ts'
import { aFlow } from '../testing/logEvents.ts'
import { testApp } from '../testing/testApp.ts'

test('an unexpected fault is 500 with an id that stands in the log, and no inner detail', async () => {
  const fail = () => {
    throw new Error('the secret inside')
  }
  const { call, logged } = await testApp({ documents: { ...fakeDocuments, parse: fail } })
  const { status, body, text } = await call('POST', '/api/flows', aFlow())
  expect([status, body.error.code]).toEqual([500, 'internal'])
  expect(text).not.toContain('secret')
  expect(logged.join()).toContain(body.error.id)
  expect(logged.join()).toContain('the secret inside')
})

test('what the store cannot do now is 503 with its sentence', async () => {
  const fail = () => {
    throw new StoreFault('the disk is full: make room', { where: '/a/path/of/this/machine' })
  }
  const { call } = await testApp({ documents: { ...fakeDocuments, parse: fail } })
  const { status, body } = await call('POST', '/api/flows', aFlow())
  expect([status, body.error.code]).toEqual([503, 'unavailable'])
  expect(body.error.message).toBe('The store cannot do this now: the disk is full: make room.')
})

test('an unknown path or method of the interface is 404 in JSON', async () => {
  const { call } = await testApp()
  for (const [method, path] of [
    ['GET', '/api'],
    ['GET', '/api/nothing'],
    ['PATCH', '/api/flows'],
    ['DELETE', '/api/runs/x'],
    ['GET', '/api/sextants/1'],
  ] as const) {
    const { status, body } = await call(method, path)
    expect([status, body?.error.code], path).toEqual([404, 'not_found'])
  }
})

test('a HEAD request answers like GET without a body', async () => {
  const { call } = await testApp()
  const { status, text } = await call('HEAD', '/api/flows')
  expect([status, text]).toEqual([200, ''])
})

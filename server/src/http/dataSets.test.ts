import { expect, test } from 'vitest'
import { testApp } from '../testing/testApp.ts'

const aCase = (id: string, more: object = {}) => ({ id, input: `Sail from ${id}?`, ...more })

test('a data set is made, filled, changed case by case, and deleted', async () => {
  const { call } = await testApp()
  const made = await call('POST', '/api/data-sets', { name: ' Ports ', cases: [aCase('oslo')] })
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({ name: 'Ports', description: '', size: 1, cases: [{ id: 'oslo', expected: {} }] })
  const at = `/api/data-sets/${made.body.id}`

  expect((await call('POST', `${at}/cases`, { cases: [aCase('bergen'), aCase('tromso')] })).body.size).toBe(3)
  await call('PUT', `${at}/cases/bergen`, aCase('alesund', { expected: { calls: [{ tool: 'tide' }] } }))
  expect((await call('PUT', `${at}/cases/new`, aCase('new'))).status).toBe(200)
  expect((await call('DELETE', `${at}/cases/tromso`)).status).toBe(204)
  expect((await call('PUT', at, { description: 'All of Norway' })).body).toMatchObject({ name: 'Ports', size: 3 })
  const { body } = await call('GET', at)
  expect([body.description, body.cases.map(({ id }: { id: string }) => id)]).toEqual([
    'All of Norway',
    ['oslo', 'alesund', 'new'],
  ])
  expect((await call('GET', '/api/data-sets')).body.items).toMatchObject([{ name: 'Ports', size: 3 }])
  expect((await call('DELETE', at)).status).toBe(204)
  expect((await call('GET', at)).body.error.message).toMatch(/There is no data set/)
})

test('cases that cannot be taken are each named by their place, and none of the others is taken', async () => {
  const { call } = await testApp()
  const { body: set } = await call('POST', '/api/data-sets', { name: 'Ports', cases: [aCase('oslo')] })
  const bad = await call('POST', `/api/data-sets/${set.id}/cases`, {
    cases: [
      aCase('bergen'),
      { id: 'x' },
      aCase('bergen'),
      aCase('odd', { expected: { answer: [{ kind: 'regex', pattern: '(?=a)' }] } }),
    ],
  })
  expect(bad.status).toBe(422)
  expect(bad.body.error.problems).toMatchObject([
    { pointer: '/cases/1', message: expect.stringContaining('"input"') },
    { pointer: '/cases/2', message: 'Case 3 cannot be taken: its id "bergen" is that of case 1.' },
    { pointer: '/cases/3', message: expect.stringContaining('(?=a)') },
  ])
  const taken = await call('POST', `/api/data-sets/${set.id}/cases`, { cases: [aCase('bergen'), aCase('oslo')] })
  expect(taken.body.error.problems).toEqual([
    { pointer: '/cases/1', message: 'The id "oslo" is taken by a case of "Ports": give the new one another.' },
  ])
  expect((await call('GET', `/api/data-sets/${set.id}`)).body.size).toBe(1)
  await call('PUT', `/api/data-sets/${set.id}/cases/bergen`, aCase('bergen'))
  const renamed = await call('PUT', `/api/data-sets/${set.id}/cases/bergen`, aCase('oslo'))
  expect([renamed.status, renamed.body.error.message]).toEqual([
    409,
    'The id "oslo" is taken by another case: give this one another.',
  ])
})

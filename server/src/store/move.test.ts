import { expect, inject, onTestFinished, test } from 'vitest'
import { aFlow, aSpec, finished, numbered, started, text } from '../testing/logEvents.ts'
import { makeDatabase } from '../testing/postgres.ts'
import { temporaryFolder } from '../testing/temporaryFolder.ts'
import { type Moved, moveStore } from './move.ts'
import { openSharedStore } from './sharedStore.ts'
import { openStore } from './store.ts'

const url = inject('postgres')

test.skipIf(!url)('all that a folder holds goes over to a database, once, however often it is moved', async () => {
  const from = await openStore(temporaryFolder())
  const to = await openSharedStore(await makeDatabase(url as string))
  onTestFinished(async () => {
    await from.close()
    await to.close()
  })
  const { id } = await from.flows.create(aFlow('First'))
  await from.flows.put(id, aFlow('Second'))
  await from.flows.label(id, 'production', 1)
  const [done, open] = [aSpec('run-1', { input: 'nul \0 in it' }), aSpec('run-2')]
  await from.log.create(done, numbered([started(done), finished()]), 'succeeded')
  await from.log.create(open, numbered([started(open), text('half')]), 'running')
  await from.secrets.put('KEY', { value: 'tern-4471', origins: null })
  const hash = await from.connections.hashOf('any')
  await from.connections.put({ name: 'tools', kind: 'mcp', content: { command: 'x' }, hidden: { env: {} }, hash })
  await from.connections.approve('tools', hash)
  await from.dataSets.create({ name: 'Ports', description: '', cases: [{ id: 'a', input: 'A?', expected: {} }] })
  await from.audit.add('signed_in', {})

  const move = async () => {
    const told: Moved[] = []
    await moveStore(from, to, { onMoved: (moved) => told.push(moved) })
    return told
  }
  expect((await move()).filter(({ moved }) => moved > 0)).toEqual([
    { what: 'flow', moved: 1, there: 0 },
    { what: 'flow_version', moved: 2, there: 0 },
    { what: 'label', moved: 1, there: 0 },
    { what: 'data_set', moved: 1, there: 0 },
    { what: 'data_set_case', moved: 1, there: 0 },
    { what: 'secret', moved: 1, there: 0 },
    { what: 'connection', moved: 1, there: 0 },
    { what: 'run', moved: 2, there: 0 },
    { what: 'audit', moved: 1, there: 0 },
  ])
  expect(await to.flows.get(id)).toEqual(await from.flows.get(id))
  expect(await to.flows.labelled(id, 'production')).toBe(1)
  expect(await to.log.read('run-1', 0)).toEqual(await from.log.read('run-1', 0))
  expect(await to.runs.unfinished()).toEqual(['run-2'])
  expect((await to.secrets.values())[0]?.value).toBe('tern-4471')
  const connection = await to.connections.get('tools')
  expect(connection?.approvedHash).toBe(connection?.hash)

  await from.flows.put(id, aFlow('Third'))
  const again = await move()
  expect(again.filter(({ moved }) => moved > 0)).toEqual([
    { what: 'flow', moved: 1, there: 0 },
    { what: 'flow_version', moved: 1, there: 2 },
  ])
  expect((await to.flows.get(id))?.flow.name).toBe('Third')
})

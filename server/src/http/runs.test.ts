import { expect, test } from 'vitest'
import { aFlow } from '../testing/logEvents.ts'
import { testApp } from '../testing/testApp.ts'

test('a document is run without being saved, and its record can be read', async () => {
  const { call } = await testApp()
  const start = await call('POST', '/api/runs', { flow: aFlow('Wind desk'), input: 'How is it?' })
  expect(start.status).toBe(202)
  const { body } = await call('GET', `/api/runs/${start.body.runId}`)
  expect(body).toMatchObject({
    id: start.body.runId,
    status: 'succeeded',
    input: 'How is it?',
    output: 'Answer to How is it?',
    flow: { id: null, name: 'Wind desk', version: null },
  })
  expect((await call('GET', '/api/flows')).body.items).toEqual([])
  expect((await call('GET', '/api/runs/none')).status).toBe(404)
})

test('a saved flow runs in its newest, a numbered or a labelled version', async () => {
  const { call, engine } = await testApp()
  const { id: flowId } = (await call('POST', '/api/flows', aFlow('First'))).body
  await call('PUT', `/api/flows/${flowId}`, aFlow('Second'))
  await call('PUT', `/api/flows/${flowId}/labels/production`, { version: 1 })
  for (const which of [{}, { version: 1 }, { label: 'production' }])
    expect((await call('POST', '/api/runs', { flowId, input: 'Go.', ...which })).status).toBe(202)
  expect(engine.specs.map(({ flow, origin }) => [flow.name, origin])).toEqual([
    ['Second', { id: flowId, version: 2 }],
    ['First', { id: flowId, version: 1 }],
    ['First', { id: flowId, version: 1 }],
  ])
  for (const which of [{ version: 3 }, { label: 'none' }])
    expect((await call('POST', '/api/runs', { flowId, input: 'Go.', ...which })).status).toBe(404)
  expect((await call('POST', '/api/runs', { flowId: 'none', input: 'Go.' })).status).toBe(404)
})

test('overrides replace parts of the agent for this run, settings key by key, and are checked', async () => {
  const { call, engine } = await testApp()
  const flow = aFlow()
  flow.agent = { ...flow.agent, settings: { temperature: 1 }, variables: { who: 'pilots', what: 'tides' } }
  const overrides = { model: 'other', parallelism: 'serial', settings: { maxOutputTokens: 9 } }
  await call('POST', '/api/runs', { flow, input: 'Go.', overrides, variables: { what: 'fog' } })
  expect(engine.specs[0]?.flow.agent).toMatchObject({
    model: 'other',
    parallelism: 'serial',
    settings: { temperature: 1, maxOutputTokens: 9 },
  })
  expect(engine.specs[0]?.variables).toEqual({ who: 'pilots', what: 'fog' })
  const bad = await call('POST', '/api/runs', { flow, input: 'Go.', overrides: { settings: { temperature: 'hot' } } })
  expect([bad.status, bad.body.error.problems[0].pointer]).toEqual([422, '/agent/settings/temperature'])
})

test('the document that ran can be read, with what the start replaced', async () => {
  const { call } = await testApp()
  const { body } = await call('POST', '/api/runs', {
    flow: aFlow('Wind desk'),
    input: 'Go.',
    overrides: { parallelism: 'serial' },
  })
  const { body: flow } = await call('GET', `/api/runs/${body.runId}/flow`)
  expect([flow.name, flow.agent.parallelism]).toEqual(['Wind desk', 'serial'])
  expect((await call('GET', '/api/runs/none/flow')).status).toBe(404)
})

test('a request that says too little, too much or something unknown is 422', async () => {
  const { call, engine } = await testApp()
  const flow = aFlow()
  for (const body of [
    { input: 'Go.' },
    { flow, flowId: 'x', input: 'Go.' },
    { flow, version: 1, input: 'Go.' },
    { flowId: 'x', version: 1, label: 'y', input: 'Go.' },
    { flow },
    { flow: { ...flow, format: 'x' }, input: 'Go.' },
  ])
    expect((await call('POST', '/api/runs', body)).status).toBe(422)
  const unknown = await call('POST', '/api/runs', { flow, input: 'Go.', overrides: { tempo: 1 } })
  expect([unknown.status, unknown.body.error.problems[0].pointer]).toEqual([422, '/overrides/tempo'])
  expect(engine.specs).toEqual([])
})

test('the same idempotency key and body is the same run, also at once; another body is 409', async () => {
  const { call, engine } = await testApp()
  const body = { flow: aFlow(), input: 'Once?' }
  const key = { 'idempotency-key': 'start 1' }
  const starts = await Promise.all(Array.from({ length: 10 }, () => call('POST', '/api/runs', body, key)))
  expect(new Set(starts.map((start) => start.body.runId)).size).toBe(1)
  expect(engine.specs).toHaveLength(1)
  expect((await call('POST', '/api/runs', { ...body, input: 'Twice?' }, key)).status).toBe(409)
  expect((await call('POST', '/api/runs', body, { 'idempotency-key': ' ' })).status).toBe(400)
})

test('a start that was refused does not use up its key', async () => {
  const { call } = await testApp()
  const key = { 'idempotency-key': 'start 2' }
  expect((await call('POST', '/api/runs', { flowId: 'none', input: 'Go.' }, key)).status).toBe(404)
  expect((await call('POST', '/api/runs', { flow: aFlow(), input: 'Go.' }, key)).status).toBe(202)
})

test('a running run is cancelled with 202, a finished one is 409, an unknown one 404', async () => {
  const { call } = await testApp()
  const { runId } = (await call('POST', '/api/runs', { flow: aFlow(), input: 'wait' })).body
  expect((await call('GET', `/api/runs/${runId}`)).body.status).toBe('running')
  expect((await call('POST', `/api/runs/${runId}/cancel`)).status).toBe(202)
  const again = await call('POST', `/api/runs/${runId}/cancel`, {})
  expect([again.status, again.body.error.message]).toEqual([409, `Run ${runId} has already ended: it is cancelled.`])
  expect((await call('POST', '/api/runs/none/cancel', {})).status).toBe(404)
})

test('runs are listed by flow and status, in pages', async () => {
  const { call } = await testApp()
  const { id: flowId } = (await call('POST', '/api/flows', aFlow())).body
  const runs = []
  for (const input of ['One', 'Two', 'wait']) runs.push((await call('POST', '/api/runs', { flowId, input })).body.runId)
  const ids = async (query: string) =>
    (await call('GET', `/api/runs?${query}`)).body.items.map((run: { id: string }) => run.id).sort()
  expect(await ids(`flowId=${flowId}&status=succeeded`)).toEqual(runs.slice(0, 2).sort())
  expect(await ids('flowId=none')).toEqual([])
  const seen = []
  let cursor = ''
  do {
    const page = (await call('GET', `/api/runs?limit=1${cursor}`)).body
    seen.push(...page.items.map((run: { id: string }) => run.id))
    cursor = page.cursor ? `&cursor=${page.cursor}` : ''
  } while (cursor)
  expect(seen.sort()).toEqual(runs.sort())
  expect((await call('GET', '/api/runs?status=asleep')).status).toBe(422)
})

test('a batch is a run without a model', async () => {
  const { call, engine } = await testApp()
  const calls = [{ tool: 'chart', arguments: { year: 1 } }, { tool: 'none' }]
  const start = await call('POST', '/api/batches', { flow: aFlow('Berths', ['chart']), calls })
  expect(start.status).toBe(202)
  expect(engine.specs[0]?.batch).toEqual(calls)
  expect((await call('GET', `/api/runs/${start.body.runId}`)).body.output).toBe(null)
  expect((await call('POST', '/api/batches', { flow: aFlow() })).status).toBe(422)
})

test('what the store cannot keep is told in a sentence, with an id that stands in the log, and the next start works', async () => {
  const { call, store, logged } = await testApp()
  const { sql } = await import('kysely')
  await sql.raw('pragma max_page_count = 1').execute(store.database)
  const body = { flow: { ...aFlow(), description: 'x'.repeat(500_000) }, input: 'Go.' }
  const { status, body: answer } = await call('POST', '/api/runs', body)
  expect([status, answer.error.message]).toEqual([503, expect.stringContaining('the disk is full: make room')])
  expect(logged.join()).toContain(answer.error.id)
  await sql.raw('pragma max_page_count = 1000000').execute(store.database)
  expect((await call('POST', '/api/runs', body)).status).toBe(202)
})

import { runFromEvents } from '@volley/shared/run/state.ts'
import { expect, test } from 'vitest'
import { realServer } from '../testing/realServer.ts'
import { TEST_TOKEN, testApp } from '../testing/testApp.ts'

const flow = (name: string, more: object = {}) => ({
  format: 'volley.flow/1',
  name,
  agent: {
    provider: 'simulated',
    model: 'simulated-1',
    settings: {
      script: [
        {
          calls: [
            { tool: 'tide', arguments: {} },
            { tool: 'news', arguments: {} },
          ],
        },
        { text: 'Done.' },
      ],
      pace: { firstTokenMs: 0, callMs: 0 },
    },
  },
  tools: [
    { name: 'tide', parameters: { type: 'object' }, run: { kind: 'mock', result: 4 } },
    { name: 'news', parameters: { type: 'object' }, run: { kind: 'mock', error: 'none today' } },
  ],
  ...more,
})

test('runs are listed by flow, version, model, tool, finding and time; facets name what there is, stats count it', async () => {
  const { call, ended } = await realServer()
  const saved = (await call('POST', '/api/flows', flow('Tides'))).body
  const runIds: string[] = []
  const start = async (body: object) => {
    const { runId } = (await call('POST', '/api/runs', { input: 'Go.', ...body })).body
    runIds.push(runId)
    return ended(runId)
  }
  await start({ flowId: saved.id })
  // The model calls a tool that is not there: a finding.
  const odd = flow('Tides', { tools: flow('').tools.slice(0, 1) })
  await call('PUT', `/api/flows/${saved.id}`, odd)
  const second = await start({ flowId: saved.id })
  expect(second.findings.map(({ code }) => code)).toContain('unknown_tool')
  await start({ flow: flow('Unsaved') })
  const [one, two, three] = runIds

  const ids = async (query: string) =>
    (await call('GET', `/api/runs?${query}`)).body.items.map((item: { id: string }) => item.id)
  await expect.poll(() => ids('finding=unknown_tool')).toEqual([two])
  expect(await ids(`flowId=${saved.id}`)).toEqual([two, one])
  expect(await ids(`flowId=${saved.id}&version=1`)).toEqual([one])
  expect(await ids('flowName=Unsaved')).toEqual([three])
  expect(await ids('model=simulated-1&limit=2')).toEqual([three, two])
  expect(await ids('model=other')).toEqual([])
  await expect.poll(() => ids('tool=news')).toEqual([three, two, one])
  expect(await ids('tool=book')).toEqual([])
  const soon = new Date(Date.now() + 60_000).toISOString()
  expect(await ids(`from=2026-01-01T00:00:00Z&to=${soon}`)).toEqual([three, two, one])
  expect(await ids(`from=${soon}`)).toEqual([])
  const listed = (await call('GET', '/api/runs')).body.items
  expect(listed[1].findings).toContainEqual({ code: 'unknown_tool', count: 1 })

  expect((await call('GET', `/api/runs/facets?flowId=${saved.id}`)).body).toEqual({
    flows: [
      { id: null, name: 'Unsaved', runs: 1 },
      { id: saved.id, name: 'Tides', runs: 2 },
    ],
    versions: [
      { version: 2, runs: 1 },
      { version: 1, runs: 1 },
    ],
    models: [{ model: 'simulated-1', runs: 3 }],
    tools: expect.arrayContaining([{ tool: 'tide', runs: 3 }]),
    findings: expect.arrayContaining([{ code: 'unknown_tool', runs: 1 }]),
  })
  const stats = (await call('GET', `/api/runs/stats?flowId=${saved.id}`)).body
  expect(stats).toMatchObject({ total: 2, runs: 2, failed: 0, versions: [{ version: 2 }, { version: 1 }] })
  expect(stats.tools.map(({ tool, calls, failed }: Record<string, unknown>) => [tool, calls, failed])).toEqual([
    ['news', 2, 2],
    ['tide', 2, 0],
  ])
})

test.each(['version=0', 'version=x', 'finding=sadness', 'from=yesterday', 'to=', 'status=odd'])(
  'a filter that cannot be is named: %s',
  async (query) => {
    const { call } = await testApp()
    const answer = await call('GET', `/api/runs?${query}`)
    const name = query.split('=')[0] ?? ''
    // An empty part counts as left out.
    if (query.endsWith('=')) return expect(answer.status).toBe(200)
    expect([answer.status, answer.body.error.message]).toEqual([422, expect.stringContaining(`"${name}"`)])
  },
)

test('an export is one line of meta and one line an event for each run, and the record can be read off it', async () => {
  const { call, ended, origin } = await realServer()
  await call('PUT', '/api/secrets/TIDE_KEY', { value: 'tern-4471-gannet' })
  const start = async (input: string) => {
    const { runId } = (await call('POST', '/api/runs', { flow: flow('Tides'), input })).body
    return ended(runId)
  }
  const first = await start('Where is tern-4471-gannet?')
  const second = await start('Again.')
  const lines = async (query: string) => {
    const answer = await fetch(`${origin}/api/runs/export${query}`, {
      headers: { authorization: `Bearer ${TEST_TOKEN}` },
    })
    const text = await answer.text()
    expect(text).not.toContain('tern-4471')
    const all = text.split('\n').filter((line) => line !== '')
    return { answer, all: all.map((line) => JSON.parse(line)) }
  }
  const { answer, all } = await lines('')
  expect(answer.headers.get('content-type')).toContain('application/x-ndjson')
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="runs.jsonl"')
  expect(all.filter((line) => line.format).map((line) => line.run)).toEqual([second.id, first.id])
  const [header, ...events] = all.filter((line) => line.run === first.id)
  expect(header).toMatchObject({
    format: 'volley.runs/1',
    flow: { name: 'Tides' },
    status: 'succeeded',
    input: 'Where is ***?',
    document: { name: 'Tides', tools: [{ name: 'tide' }, { name: 'news' }] },
  })
  const run = runFromEvents(events.map(({ run: _run, ...event }) => event))
  expect([run.id, run.summary, run.output]).toEqual([first.id, first.summary, first.output])

  expect((await lines(`?ids=${second.id}`)).all.map((line) => line.run)).toEqual(
    Array(events.length + 1).fill(second.id),
  )
  expect((await call('GET', '/api/runs/export?status=failed')).body.error.message).toContain('nothing to export')
})

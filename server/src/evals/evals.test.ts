import type { EvalAnswer, EvalResult, StartEval } from '@volley/shared/evals/api.ts'
import { expect, test, vi } from 'vitest'
import { realServer } from '../testing/realServer.ts'
import { scriptedFlow } from '../testing/scriptedFlow.ts'

type Call = Awaited<ReturnType<typeof realServer>>['call']

const tide = (result: unknown = { high: 6 }, latencyMs = 0) => ({
  name: 'tide',
  description: 'Tide of a port',
  parameters: { type: 'object', properties: { port: { type: 'string' } }, required: ['port'] },
  run: { kind: 'mock', result, latencyMs },
})

/** A flow whose model asks for the tide of these ports in one message, and answers. */
const aFlow = (ports: string[], { tool = tide() as object, firstTokenMs = 0 } = {}) =>
  scriptedFlow(
    [{ calls: ports.map((port) => ({ tool: 'tide', arguments: { port } })) }, { text: 'High at six.' }],
    [tool],
    { pace: { firstTokenMs, callMs: 0 }, system: 'You know tides.' },
  )
const wants = (...ports: string[]) => ({
  calls: ports.map((port) => ({ tool: 'tide', arguments: { port: [port] } })),
})
const CASES = [
  { id: 'both', input: 'Oslo and Bergen?', expected: wants('Oslo', 'Bergen') },
  { id: 'one', input: 'Oslo?', expected: wants('Oslo') },
]

const untilEval = (call: Call, id: string, is: (found: EvalAnswer) => boolean): Promise<EvalAnswer> =>
  vi.waitUntil(
    async () => {
      const { body } = await call('GET', `/api/evals/${id}`)
      return is(body) && body
    },
    { timeout: 20_000, interval: 20 },
  )

async function prepared(call: Call, flow: object = aFlow(['Oslo']), cases: object[] = CASES) {
  const { body: saved } = await call('POST', '/api/flows', flow)
  const { body: set } = await call('POST', '/api/data-sets', { name: 'Ports', cases })
  const start = async (more: Partial<StartEval> = {}) => {
    const started = await call('POST', '/api/evals', { flowId: saved.id, dataSetId: set.id, ...more })
    return { ...started, id: started.body.evalId as string }
  }
  const until = (id: string, is: (found: EvalAnswer) => boolean) => untilEval(call, id, is)
  const ended = (id: string) => until(id, ({ status }) => status !== 'running')
  const results = async (id: string): Promise<EvalResult[]> =>
    (await call('GET', `/api/evals/${id}/results`)).body.items
  return { flowId: saved.id as string, setId: set.id as string, start, until, ended, results }
}

test('versions, parallelism and repeats are run on every case, scored, summed up, and kept apart from other runs', async () => {
  const { call } = await realServer()
  const { flowId, start, ended, results } = await prepared(call)
  await call('PUT', `/api/flows/${flowId}`, aFlow(['Oslo', 'Bergen']))
  const { id, status } = await start({ versions: [1, 2], repeats: 2 })
  expect(status).toBe(202)
  const found = await ended(id)
  expect(found).toMatchObject({
    name: 'Harbour: Ports',
    status: 'finished',
    cases: 2,
    progress: { total: 8, done: 8, failed: 0, timeLeftMs: null },
    variants: [
      { version: 1, parallelism: 'graph', clause: null },
      { version: 2, clause: null },
    ],
    items: [{ id: 'both' }, { id: 'one' }],
  })
  expect(found.summaries?.map(({ metrics }) => metrics.passed?.mean)).toEqual([0.5, 0.5])
  const all = await results(id)
  expect(all.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  const passed = all.flatMap(({ variant, caseId, score }) => (score.passed ? [`${variant} ${caseId}`] : []))
  expect(passed.sort()).toEqual(['0 one', '0 one', '1 both', '1 both'])

  expect((await call('GET', '/api/runs')).body.items).toEqual([])
  expect((await call('GET', '/api/runs/facets')).body.models).toEqual([])
  expect((await call('GET', `/api/runs?evalId=${id}`)).body.items).toHaveLength(8)
  expect((await call('GET', `/api/runs/${all[0]?.runId}`)).body).toMatchObject({ eval: id, flow: { id: flowId } })
  expect((await call('GET', `/api/evals?flowId=${flowId}`)).body.items).toMatchObject([{ id }])
  expect((await call('GET', '/api/evals?dataSetId=other')).body.items).toEqual([])
})

test('a clause is measured beside the instructions as they are', async () => {
  const { call } = await realServer()
  const { start, ended, results } = await prepared(call)
  const { id } = await start({ clauses: [{ name: 'Together', text: 'Ask at once.' }], caseIds: ['one'] })
  const { variants } = await ended(id)
  expect(variants.map(({ clause }) => clause?.name)).toEqual([undefined, 'Together'])
  const run = (await results(id)).find(({ variant }) => variant === 1)?.runId
  expect((await call('GET', `/api/runs/${run}/flow`)).body.agent.system).toBe('You know tides.\n\nAsk at once.')
})

test('an eval is stopped, its runs are cancelled at once, and resumed it makes those that are left', async () => {
  const { call } = await realServer()
  const { start, until, ended, results } = await prepared(call, aFlow(['Oslo'], { tool: tide({}, 60_000) }))
  const quick = { ...CASES[0], id: 'quick', tools: [{ ...tide(), run: undefined, result: { high: 1 } }] }
  const { body: set } = await call('POST', '/api/data-sets', { name: 'Mixed', cases: [quick, CASES[1]] })
  const { id } = await start({ dataSetId: set.id, concurrency: 1 })
  await until(id, ({ progress }) => progress.done === 1)
  expect((await call('DELETE', `/api/evals/${id}`)).status).toBe(409)
  expect((await call('POST', `/api/evals/${id}/stop`, {})).status).toBe(202)
  const stopped = await ended(id)
  expect(stopped).toMatchObject({ status: 'stopped', progress: { total: 2, done: 1 }, error: null })
  expect(stopped.summaries?.[0]?.runs).toBe(1)
  expect((await call('POST', `/api/evals/${id}/stop`, {})).body.error.message).toMatch(/is stopped already/)

  expect((await call('POST', `/api/evals/${id}/resume`, {})).status).toBe(202)
  const again = await until(id, ({ status }) => status === 'running')
  expect(again.progress.done).toBe(1)
  expect(await results(id)).toHaveLength(1)
  await call('POST', `/api/evals/${id}/stop`, {})
  await ended(id)
  expect((await call('DELETE', `/api/evals/${id}`)).status).toBe(204)
  expect((await call('GET', `/api/evals/${id}`)).status).toBe(404)
})

test('an eval goes on after its server died, and makes no run twice', async () => {
  const first = await realServer()
  const before = await prepared(first.call, aFlow(['Oslo'], { firstTokenMs: 40 }))
  const { id } = await before.start({ repeats: 8, concurrency: 3 })
  await before.until(id, ({ progress }) => progress.done >= 3)
  await first.stop()

  const second = await realServer(first.env)
  const ended = await untilEval(second.call, id, ({ status }) => status !== 'running')
  expect(ended).toMatchObject({ status: 'finished', progress: { total: 16, done: 16, failed: 0 } })
  const { body } = await second.call('GET', `/api/evals/${id}/results`)
  const places = body.items.map(({ caseId, repeat }: EvalResult) => `${caseId} ${repeat}`)
  expect(new Set(places).size).toBe(16)
  expect((await second.call('GET', `/api/runs?evalId=${id}&limit=100`)).body.items).toHaveLength(16)
})

test('a case that cannot run costs that case, and failed ones alone are made anew', async () => {
  const { call } = await realServer()
  const broken = { id: 'broken', input: 'Hm?', tools: [{ name: 'tide', parameters: { type: 'nonsense' } }] }
  const { start, ended, results } = await prepared(call, aFlow(['Oslo']), [broken, ...CASES])
  const { id } = await start({ concurrency: 1 })
  expect(await ended(id)).toMatchObject({ status: 'finished', progress: { total: 3, done: 3, failed: 1 } })
  const [first] = await results(id)
  expect(first).toMatchObject({
    caseId: 'broken',
    runId: null,
    score: { status: 'failed', passed: false },
    error: expect.stringContaining('the tools of the case cannot be used'),
  })
  const kept = (await results(id)).slice(1).map(({ runId }) => runId)
  expect((await call('POST', `/api/evals/${id}/resume`, {})).body.error.message).toMatch(/is finished/)
  await call('POST', `/api/evals/${id}/resume`, { failed: true })
  await ended(id)
  const after = await results(id)
  expect([after.slice(0, 2).map(({ runId }) => runId), after[2]?.caseId]).toEqual([kept, 'broken'])
})

test('recorded tools answer equal calls as they did, and say so of a call that never was', async () => {
  const { call, ended: runEnded } = await realServer()
  const code = {
    name: 'tide',
    parameters: tide().parameters,
    run: { kind: 'code', source: 'export default async ({ port }) => ({ port, at: 6 })' },
  }
  const { flowId, start, ended, results } = await prepared(call, aFlow(['Oslo'], { tool: code }))
  await runEnded((await call('POST', '/api/runs', { flowId, input: 'Oslo?' })).body.runId)
  await call('PUT', `/api/flows/${flowId}`, aFlow(['Oslo', 'Bergen'], { tool: code }))
  const { id } = await start({ tools: 'recorded', caseIds: ['both'] })
  expect(await ended(id)).toMatchObject({ status: 'finished', tools: 'recorded' })
  const { body } = await call('GET', `/api/runs/${(await results(id))[0]?.runId}`)
  expect(body).toMatchObject({
    mocked: true,
    calls: [
      { result: { port: 'Oslo', at: 6 } },
      { error: { message: 'Nothing was recorded of "tide" for these arguments: run it live once.' } },
    ],
  })
})

test('what an eval cannot be made of is said before anything runs', async () => {
  const { call } = await realServer()
  const { start, flowId } = await prepared(call)
  const said = async (more: Partial<StartEval>) => {
    const { status, body } = await start(more)
    return [status, body.error.message]
  }
  const { body: empty } = await call('POST', '/api/data-sets', { name: 'Empty' })
  expect(await said({ dataSetId: empty.id })).toEqual([422, 'The data set "Empty" has no cases yet: add one first.'])
  expect(await said({ dataSetId: 'gone' })).toEqual([404, 'There is no data set "gone".'])
  expect(await said({ flowId: 'gone' })).toEqual([404, 'There is no flow "gone".'])
  expect(await said({ versions: [7] })).toEqual([422, 'The flow "Harbour" has no version 7.'])
  expect(await said({ caseIds: ['one', 'none'] })).toEqual([422, 'The data set "Ports" has no case "none".'])
  expect(await said({ models: [{ provider: 'openai', model: 'gpt-5' }] })).toEqual([
    422,
    expect.stringContaining('OPENAI_API_KEY'),
  ])
  const clauses = Array.from({ length: 20 }, (_, at) => ({ name: `c${at}`, text: `Clause ${at}.` }))
  const models = Array.from({ length: 20 }, (_, at) => ({ provider: 'simulated', model: `simulated-${at}` }))
  expect(await said({ clauses, models, repeats: 100 })).toEqual([
    422,
    '420 variants × 2 cases × 100 repeats are 84000 runs; an eval has at most 20000. Take fewer of one of them.',
  ])
  expect((await call('GET', `/api/evals?flowId=${flowId}`)).body.items).toEqual([])
})

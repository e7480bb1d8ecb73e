import { expect, test } from 'vitest'
import { realServer } from '../testing/realServer.ts'

const flow = {
  format: 'volley.flow/1',
  name: 'Pilot',
  agent: {
    provider: 'simulated',
    model: 'simulated-1',
    settings: {
      script: [
        {
          calls: [
            { tool: 'tide', arguments: { at: 'noon' } },
            { tool: 'wind', arguments: { at: 'noon', days: 2 } },
          ],
        },
        { text: 'Done.' },
      ],
      pace: { firstTokenMs: 0, callMs: 0 },
    },
  },
  tools: ['tide', 'wind'].map((name) => ({
    name,
    parameters: { type: 'object', properties: { at: { type: 'string' }, days: { type: 'integer' } } },
    run: { kind: 'http', url: 'https://10.0.0.1/never' } as object,
  })),
}

test('a run that mocks all tools calls none, and gives what each last gave after as long', async () => {
  const { call, ended } = await realServer()
  // The tool answers from a mock of its own first, and becomes a service in the next version.
  const [tide, wind] = flow.tools
  const before = { ...flow, tools: [{ ...tide, run: { kind: 'mock', result: { metres: 7 }, latencyMs: 120 } }, wind] }
  const { id: flowId } = (await call('POST', '/api/flows', before)).body
  const run = async (overrides: object) =>
    ended((await call('POST', '/api/runs', { flowId, input: 'Go.', overrides })).body.runId)
  expect((await run({})).calls.map(({ status, error }) => error?.code ?? status)).toEqual(['succeeded', 'blocked'])
  await call('PUT', `/api/flows/${flowId}`, flow)

  for (const _again of [1, 2]) {
    const record = await run({ mockAll: true })
    expect(record).toMatchObject({ mocked: true, flow: { version: 2 } })
    expect(record.calls.map(({ result }) => result)).toEqual([
      { metres: 7 },
      { mock: '"wind" was not called: this run mocks all tools.', arguments: { at: 'noon', days: 2 } },
    ])
    expect(record.calls[0]?.durationMs).toBeGreaterThanOrEqual(110)
    expect(record.summary?.maxConcurrency).toBe(2)
  }
  const live = await run({})
  expect(live.calls.map(({ error }) => error?.code)).toEqual(['blocked', 'blocked'])
  expect(live).not.toHaveProperty('mocked')
})

test('a document that was never saved, and a replay, can be mocked too', async () => {
  const { call, ended } = await realServer()
  const live = await ended((await call('POST', '/api/runs', { flow, input: 'Go.' })).body.runId)
  const { runId } = (
    await call('POST', `/api/runs/${live.id}/replay`, {
      tools: 'live',
      model: 'recorded',
      overrides: { mockAll: true },
    })
  ).body
  for (const record of [
    await ended(runId),
    await ended((await call('POST', '/api/runs', { flow, input: 'Go.', overrides: { mockAll: true } })).body.runId),
  ])
    expect(record.calls.map(({ status }) => status)).toEqual(['succeeded', 'succeeded'])
})

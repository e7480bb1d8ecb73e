import { readFileSync } from 'node:fs'
import type { Flow, MockRun } from '@volley/shared/flow/flow.ts'
import { parseFlowText } from '@volley/shared/flow/parse.ts'
import { runFromEvents } from '@volley/shared/run/state.ts'
import type { FindingCode } from '@volley/shared/trace/findings/finding.ts'
import { findingsOf } from '@volley/shared/trace/findings/index.ts'
import { expect, onTestFinished, test } from 'vitest'
import { createLog } from '../log.ts'
import { PARTS } from '../parts.ts'
import { createRedaction } from '../secrets/redact.ts'
import { createMemoryEventLog } from '../store/memoryEventLog.ts'
import { testEnv } from '../testing/testEnv.ts'

const folder = new URL('../../../examples/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8')
const EXAMPLES: { id: string; prompt: string }[] = JSON.parse(read('examples.json'))

const place = (city: string, latitude: number, longitude: number) => ({
  when: { city },
  result: { name: city, latitude, longitude },
})
/** In place of the live services that two examples speak to: answers of theirs. */
const ANSWERS: Record<string, Omit<MockRun, 'kind'>> = {
  geocode: { cases: [place('Lisbon', 38.72, -9.13), place('Oslo', 59.91, 10.75), place('Nairobi', -1.28, 36.82)] },
  get_forecast: { result: { days: ['2026-05-04'], highest_c: [23.4], lowest_c: [14.2] } },
  latest_rates: { result: { base: 'EUR', day: '2026-05-04', rates: { USD: 1.0842 } } },
  list_currencies: { result: { EUR: 'Euro' } },
}

/** What a reader of each example's trace would say of it. */
const FINDS: Record<string, FindingCode[]> = {
  'three-cities': [],
  'geocode-forecast-offline': [],
  'check-budget-then-book': [],
  research: ['retry_cost'],
  'three-at-a-time': ['concurrency_bound'],
  'cheapest-in-code': [],
  'approve-refund': ['approval_stall'],
  'slowest-way': [],
  'one-account-at-a-time': ['over_call'],
  'geocode-forecast': [],
  'exchange-rates': [],
}

/** Plays an example with its own prompt, the simulated model and its mocks; a person approves whatever is asked after a while. */
async function play({ id, prompt }: (typeof EXAMPLES)[number]) {
  const parsed = parseFlowText(read(`${id}.flow.json`), { checkSchema: () => [] })
  if (!parsed.ok) throw new Error(`${id} cannot be read`)
  const flow = withoutServices(parsed.value)
  const env = testEnv()
  const redaction = createRedaction()
  const log = createMemoryEventLog()
  const logger = createLog('silent', undefined, redaction.text)
  const connections = { get: async () => null, list: async () => [] }
  const mcp = PARTS.createMcp({ connections, redaction, ownPort: null })
  const sandbox = PARTS.createSandbox({ env, logger, ownPort: null })
  const engine = PARTS.createEngine({
    env,
    models: PARTS.createModels(env),
    prices: { find: () => null },
    sandbox,
    log,
    logger,
    secrets: { get: () => undefined },
    connections,
    redaction,
    audit: { note: () => {} },
    mcp,
    ownPort: null,
    saved: null,
  })
  onTestFinished(() => sandbox.close())
  await engine.start({ runId: id, flow, origin: { id: null, version: null }, input: prompt, variables: {} })
  for await (const events of log.tail(id, 0, new AbortController().signal))
    for (const event of events)
      if (event.type === 'call.awaiting_approval')
        setTimeout(() => void engine.decide(id, event.call, { approve: true }), 900)
  const run = runFromEvents(await log.read(id, 0))
  return { id, run, findings: findingsOf(run, flow) }
}

const withoutServices = (flow: Flow): Flow => ({
  ...flow,
  tools: flow.tools.map((tool) =>
    tool.run.kind === 'http' ? { ...tool, run: { kind: 'mock', latencyMs: 180, ...ANSWERS[tool.name] } } : tool,
  ),
})

test('each example, run once, has the findings it is meant to show and no others', async () => {
  const played = await Promise.all(EXAMPLES.map(play))
  console.log(
    played
      .map(({ id, run, findings }) =>
        [
          `${id}: ${run.calls.length} calls, ${((run.summary?.elapsedMs ?? 0) / 1000).toFixed(2)} s`,
          ...findings.map(({ code, message, costMs }) => `  ${code} (${costMs} ms): ${message}`),
        ].join('\n'),
      )
      .join('\n'),
  )
  // These runs are timed by the clock on the wall: a machine that is busy may make a straggler of any call.
  const codes = played.map(({ id, findings }) => [
    id,
    findings.map(({ code }) => code).filter((code) => code !== 'straggler'),
  ])
  expect(Object.fromEntries(codes)).toEqual(FINDS)
}, 60_000)

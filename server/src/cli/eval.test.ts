import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { APIS, eventsOf } from '../crash/wire.ts'
import { sendStream, startModelServer } from '../models/testing/modelServer.ts'
import type { Api } from '../models/testing/recorded.ts'
import { PARTS } from '../parts.ts'
import { commandLine } from '../testing/fakeTerminal.ts'
import { temporaryFolder } from '../testing/temporaryFolder.ts'
import { startTestServer } from '../tools/testServer.ts'

/** Always looks up both cities at once, then answers. */
const flow = {
  format: 'volley.flow/1',
  name: 'Tides',
  agent: {
    provider: 'simulated',
    model: 'simulated-1',
    settings: {
      script: [
        {
          calls: [
            { tool: 'tide', arguments: { port: 'Oslo' } },
            { tool: 'tide', arguments: { port: 'Bergen' } },
          ],
        },
        { text: 'High at noon.' },
      ],
      pace: { firstTokenMs: 0, callMs: 0 },
    },
  },
  tools: [
    {
      name: 'tide',
      parameters: { type: 'object', properties: { port: { type: 'string' } } },
      run: { kind: 'mock', result: 1, latencyMs: 0 },
    },
  ],
}
const tide = (port: string) => ({ tool: 'tide', arguments: { port: [port] } })
const good = { id: 'both', input: 'When?', expected: { calls: [tide('Bergen'), tide('Oslo')] } }
const half = {
  id: 'half',
  name: 'Oslo & <Bodø>',
  input: 'When?',
  expected: { calls: [tide('Oslo'), tide('Bodø')], answer: [{ kind: 'regex', pattern: 'noon' }] },
}
const lines = (...cases: unknown[]) => cases.map((one) => `${JSON.stringify(one)}\n`).join('')
const evaluate = (args: string[], files: Record<string, unknown>, more: Parameters<typeof commandLine>[1] = {}) =>
  commandLine(['eval', 'flow.json', 'cases.jsonl', ...args], {
    files: { 'flow.json': flow, ...files },
    variables: { VOLLEY_DATA: `${temporaryFolder()}/none` },
    parts: PARTS,
    ...more,
  })

test('an eval is 0 when its gates are met, 1 when one is not, and says how far each case was right', async () => {
  const files = { 'cases.jsonl': lines(good, half) }
  const met = await evaluate(['--min-f1', '0.75', '--max-turns', '2', '--repeat', '2'], files)
  expect([met.code, met.out]).toEqual([0, expect.stringContaining('2 cases, 4 runs')])
  expect(met.out).toMatch(/Calls, F1 +0\.750 {3}0\.500 to 1\.000/)
  expect(met.out).toContain('half: 1 call missing, 1 call too many (2 times)\n')
  expect(met.out).toContain('✓ --min-f1 0.75: 0.750')
  expect(met.err.trim().split('\n')).toHaveLength(4)
  const unmet = await evaluate(['--min-f1', '0.9', '--max-turns', '1'], files)
  expect([unmet.code, unmet.out]).toEqual([1, expect.stringContaining('✗ --max-turns 1: 2.00')])
})

test('an eval tells all as JSON, and as JUnit’s XML with a test for each run and each gate', async () => {
  const { code, out, written } = await evaluate(['--json', '--junit', 'junit.xml', '--min-passed', '0.9'], {
    'cases.jsonl': lines(good, half),
  })
  const report = JSON.parse(out)
  expect(code).toBe(1)
  expect(report).toMatchObject({
    format: 'volley.eval/1',
    summary: { cases: 2, runs: 2, failed: 0, metrics: { passed: { mean: 0.5, method: 'wilson' } } },
    gates: [{ name: 'min-passed', isMet: false }],
  })
  const [first] = report.runs.filter(({ caseId }: { caseId: string }) => caseId === 'both')
  expect(first).toMatchObject({ score: { passed: true, calls: { byCall: { f1: 1 } } }, output: 'High at noon.' })
  expect(written['junit.xml']).toContain('<testsuites tests="3" failures="2" errors="0">')
  expect(written['junit.xml']).toContain('name="half Oslo &amp; &lt;Bodø&gt;"')
})

test('an eval is compared with an earlier one, and what chance alone gives is called noise', async () => {
  const six = Array.from({ length: 6 }, (_, at) => ({ ...good, id: `c${at}` }))
  const wrong = six.map((one) => ({ ...one, expected: half.expected }))
  const { out: report } = await evaluate(['--json'], { 'cases.jsonl': lines(...six) })
  const against = async (cases: unknown[]) =>
    (await evaluate(['--against', 'before.json'], { 'cases.jsonl': lines(...cases), 'before.json': report })).out
  expect(await against(six)).toMatch(/Calls, F1 +1\.000 +1\.000 {3}the same\n/)
  const worse = await against(wrong)
  expect(worse).toMatch(/Calls, F1 +1\.000 +0\.500 {3}worse \(p 0\.031\)/)
  expect(worse).toContain('  c0: 1.000 to 0.500\n')
  const once = await against([...six.slice(0, 5), ...wrong.slice(5)])
  expect(once).toMatch(/Calls, F1 +1\.000 +0\.917 {3}noise: chance alone gives as much \(p 1\.000\)/)
  const bad = await evaluate(['--against', 'cases.jsonl'], { 'cases.jsonl': lines(good) })
  expect([bad.code, bad.err]).toEqual([2, expect.stringContaining('is not what "volley eval … --json" prints')])
})

test('a provider that fails costs that case, not the eval', async () => {
  const files = { 'flow.json': { ...flow, agent: { provider: 'simulated', model: 's' } } }
  const cases = lines({ id: 'ok', input: 'a' }, { id: 'bad', input: 'fail' }, { id: 'ok2', input: 'b' })
  const { code, out, err } = await commandLine(['eval', 'flow.json', 'cases.jsonl', '--min-passed', '0.6'], {
    files: { ...files, 'cases.jsonl': cases },
  })
  expect([code, out]).toEqual([0, expect.stringContaining('3 runs, 1 failed')])
  expect(out).toContain('bad: the run failed: The model said no.')
  expect(err).toContain('3/3')
})

test('bad input is 2, and names the line, the case or the option before anything is run', async () => {
  const broken = await evaluate([], { 'cases.jsonl': `${lines(good)}{"id": 3}\n` })
  expect([broken.code, broken.out, broken.err]).toEqual([2, '', expect.stringMatching(/cases\.jsonl, line 2: "id"/)])
  const pattern = { id: 'p', input: '', expected: { answer: [{ kind: 'regex', pattern: '(?=a)' }] } }
  const look = await evaluate([], { 'cases.jsonl': lines(pattern) })
  expect([look.code, look.err]).toEqual([2, expect.stringMatching(/the case "p": the pattern .* cannot be run/)])
  const tools = [{ name: 'constructor', parameters: { type: 'object' } }]
  const tool = await evaluate([], { 'cases.jsonl': lines({ id: 't', input: '', tools }) })
  expect([tool.code, tool.err]).toEqual([2, expect.stringMatching(/the case "t": \/tools\/0\/name/)])
  for (const args of [
    ['--min-f1', 'high'],
    ['--min-f1', '2'],
    ['--repeat', '0'],
    ['--min-fun', '1'],
  ])
    expect((await evaluate(args, { 'cases.jsonl': lines(good) })).code, args.join(' ')).toBe(2)
  expect((await evaluate([], { 'cases.jsonl': '\n' })).err).toContain('holds no cases')
  expect((await evaluate(['--junit', '/no/where.xml'], { 'cases.jsonl': lines(good) })).err).toContain(
    'cannot be written',
  )
})

test('on a screen an eval shows one bar with what passed; a table of cases is as good as lines', async () => {
  const table = 'input,tools,contains\nWhen?,tide tide,noon\n'
  const { code, err, out } = await commandLine(['eval', 'flow.json', 'cases.csv', '--min-name-f1', '1'], {
    files: { 'flow.json': flow, 'cases.csv': table },
    variables: { VOLLEY_DATA: `${temporaryFolder()}/none` },
    parts: PARTS,
    screen: { columns: 80, rows: 24 },
  })
  expect([code, out]).toEqual([0, expect.stringContaining('1 case, 1 run\n')])
  expect(err.split('\r').at(-1)).toMatch(/█{24} 1\/1, 1 passed/)
})

test('a file of the leaderboard is played with its own tools, each run judged as the leaderboard does', async () => {
  const raw = new URL('../../../shared/src/evals/bfcl/__fixtures__/raw/', import.meta.url)
  const entries = readFileSync(new URL('entries.jsonl', raw), 'utf8').split('\n').slice(0, 3).join('\n')
  const { code, out, err } = await commandLine(['eval', 'flow.json', 'bfcl.jsonl', '--answers', 'a.jsonl', '--json'], {
    files: {
      'flow.json': { ...flow, agent: { provider: 'simulated', model: 'simulated-1' } },
      'bfcl.jsonl': entries,
      'a.jsonl': readFileSync(new URL('answers.jsonl', raw), 'utf8'),
    },
    variables: { VOLLEY_DATA: `${temporaryFolder()}/none` },
    parts: PARTS,
  })
  expect([code, err]).toEqual([0, expect.stringContaining('3/3')])
  for (const { score, error } of JSON.parse(out).runs)
    expect([error, score.bfcl]).toEqual([null, { valid: expect.any(Boolean), error_type: expect.any(String) }])
})

/** A provider's server whose model makes these calls at once and then answers; `told` is what it was told of each call. */
async function aProvider(api: Api, calls: { tool: string; argumentsText: string }[]) {
  const told: string[] = []
  const server = await startModelServer((response, { body }) => {
    const results = /tool_result|function_call_output|"role":"tool"/.test(JSON.stringify(body))
    if (Array.isArray(body.messages))
      told.push(...body.messages.flatMap(({ role, content }) => (role === 'tool' ? [content] : [])))
    const made = calls.map((call, at) => ({ id: `call_${at}`, ...call }))
    const said = results ? { text: 'Done.', calls: [] } : { calls: made }
    sendStream(response, Buffer.from(eventsOf(api, said, { pieceChars: 7 }).join('')))
  })
  onTestFinished(server.close)
  const providers = { 'openai-chat': 'openai-chat', 'openai-responses': 'openai', 'anthropic-messages': 'anthropic' }
  const variables = {
    VOLLEY_DATA: `${temporaryFolder()}/none`,
    OPENAI_API_KEY: 'sk-test-0123456789',
    OPENAI_BASE_URL: `${server.url}/v1`,
    ANTHROPIC_API_KEY: 'sk-test-0123456789',
    ANTHROPIC_BASE_URL: server.url,
  }
  return { agent: { provider: providers[api], model: 'm' }, variables, told }
}

test.each(APIS)('a run is judged by the numbers as its model wrote them, by way of %s', async (api) => {
  const raw = new URL('../../../shared/src/evals/bfcl/__fixtures__/raw/', import.meta.url)
  const [entry = ''] = readFileSync(new URL('entries.jsonl', raw), 'utf8').split('\n')
  const answers = readFileSync(new URL('answers.jsonl', raw), 'utf8')
  const judged = async (argumentsText: string) => {
    const call = { tool: 'kinematics_final_velocity_from_distance', argumentsText }
    const { agent, variables } = await aProvider(api, [call])
    const { out } = await commandLine(['eval', 'flow.json', 'bfcl.jsonl', '--answers', 'a.jsonl', '--json'], {
      files: { 'flow.json': { ...flow, agent }, 'bfcl.jsonl': entry, 'a.jsonl': answers },
      variables,
      parts: PARTS,
    })
    const [{ error, score }] = JSON.parse(out).runs
    return [error, score.bfcl, score.calls.byCall.f1]
  }
  expect(await judged('{"acceleration": 4, "distance": 300}')).toEqual([null, { valid: true }, 1])
  const broken = { valid: false, error_type: 'type_error:simple' }
  expect(await judged('{"acceleration": 4.0, "distance": 300}')).toEqual([null, broken, 1])
})

test('with mocked tools an eval calls none: each says that it was not called, and a mock stays as it is', async () => {
  const service = await startTestServer((_request, response) => response.end('"High at noon."'))
  onTestFinished(service.close)
  const parameters = { type: 'object', properties: { port: { type: 'string' }, days: { type: 'integer' } } }
  const runs = {
    http: { kind: 'http', url: `${service.url}/tide` },
    code: { kind: 'code', source: 'export default async () => "computed"' },
    mcp: { kind: 'mcp', server: 'no_such_server', tool: 'tide' },
    flow: { kind: 'flow', flow: 'no_such_flow' },
    mock: { kind: 'mock', result: 'as before' },
  }
  const tools = Object.entries(runs).map(([name, run]) => ({ name, parameters, run }))
  const calls = Object.keys(runs).map((tool) => ({ tool, argumentsText: '{"port": "Oslo"}' }))
  const wanted = calls.map(({ tool }) => ({ tool, arguments: { port: ['Oslo'] } }))
  const played = async (args: string[]) => {
    const { agent, variables, told } = await aProvider('openai-chat', calls)
    const { code, out, err } = await commandLine(['eval', 'flow.json', 'cases.jsonl', ...args], {
      files: {
        'flow.json': { ...flow, agent, tools },
        'cases.jsonl': lines({ id: 'all', input: 'When?', expected: { calls: wanted } }),
      },
      variables: { ...variables, VOLLEY_EGRESS_ALLOW: '127.0.0.1' },
      parts: PARTS,
    })
    return { code, out, err, told }
  }

  const mocked = await played(['--tools', 'mocked', '--min-f1', '1'])
  expect([mocked.code, mocked.out]).toEqual([0, expect.stringContaining('Tides: openai-chat m, graph, tools mocked\n')])
  expect(mocked.told.map((text) => (text.startsWith('{') ? JSON.parse(text) : text))).toEqual([
    ...['http', 'code', 'mcp', 'flow'].map((name) => ({
      mock: `"${name}" was not called: this run mocks all tools.`,
      arguments: { port: 'Oslo' },
    })),
    'as before',
  ])
  expect(service.seen).toEqual([])

  const live = await played(['--json'])
  expect(JSON.parse(live.out).tools).toBe('live')
  expect(live.told.filter((text) => text.startsWith('Error'))).toHaveLength(2)
  expect([live.told[0], live.told[1], service.seen.length]).toEqual(['High at noon.', 'computed', 1])

  const wrong = await played(['--tools', 'fake'])
  expect([wrong.code, wrong.out, wrong.err]).toEqual([
    2,
    '',
    expect.stringContaining('--tools "fake" is none of live, mocked'),
  ])
})

test('what is interrupted ends with 130, and tells what it came to so far', async () => {
  const { code, out } = await commandLine(['eval', 'flow.json', 'cases.jsonl', '--concurrency', '1'], {
    files: { 'flow.json': flow, 'cases.jsonl': lines({ id: 'a', input: 'a' }, { id: 'b', input: 'wait' }) },
    interrupt: true,
  })
  expect([code, out]).toEqual([130, expect.stringContaining('1 case, 1 run\n')])
})

import { expect, test } from 'vitest'
import { commandLine } from '../testing/fakeTerminal.ts'
import { aFlow } from '../testing/logEvents.ts'

const flow = aFlow('Tides', ['tide_table'])
const files = { 'flow.json': flow }

test('validate is 0 for a good document, 2 with pointers for a bad one', async () => {
  expect((await commandLine(['validate', 'flow.json'], { files })).code).toBe(0)
  const edges = [{ from: 'tide_table', to: 'tugboat', kind: 'order' }]
  const bad = await commandLine(['validate', 'flow.json'], { files: { 'flow.json': { ...flow, edges, tempo: 1 } } })
  expect(bad.code).toBe(2)
  expect(bad.err).toMatch(/^\/edges\/0\/to: .*tugboat/m)
  expect(bad.err).toMatch(/^\/tempo: /m)
  const text = await commandLine(['validate', 'flow.json'], { files: { 'flow.json': '{"format":' } })
  expect([text.code, text.err]).toEqual([2, expect.stringMatching(/^\/: The document is no JSON/)])
})

test('export prints the tools in another format, and names the formats it knows', async () => {
  const { code, out } = await commandLine(['export', 'flow.json', '--format', 'anthropic'], { files })
  expect([code, JSON.parse(out)]).toEqual([0, [{ name: 'tide_table', format: 'anthropic' }]])
  const whole = await commandLine(['export', 'flow.json', '--format', 'volley'], { files })
  expect(JSON.parse(whole.out)).toEqual(flow)
  const wrong = await commandLine(['export', 'flow.json', '--format', 'xml'], { files })
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('none of volley, openai')])
  expect((await commandLine(['export', 'flow.json'], { files })).code).toBe(2)
})

test('run prints the answer alone on standard output, the progress beside it', async () => {
  const { code, out, err } = await commandLine(['run', 'flow.json', '--input', 'When?'], { files })
  expect([code, out]).toEqual([0, 'Answer to When?\n'])
  expect(err).toContain('Tides: simulated simulated-1, graph')
})

test('run --json prints the record, --events one event a line', async () => {
  const json = await commandLine(['run', 'flow.json', '--input', 'When?', '--json'], { files })
  expect(JSON.parse(json.out)).toMatchObject({ status: 'succeeded', output: 'Answer to When?' })
  const events = await commandLine(['run', 'flow.json', '--input', 'When?', '--events'], { files })
  const lines = events.out.trim().split('\n')
  expect(lines.map((line) => JSON.parse(line).type)).toEqual(['run.started', 'turn.started', 'run.finished'])
})

test('run is 1 when the run fails, 130 when interrupted', async () => {
  const failed = await commandLine(['run', 'flow.json', '--input', 'fail', '--json'], { files })
  expect([failed.code, failed.err]).toEqual([1, expect.stringContaining('the run failed: The model said no.')])
  const stopped = await commandLine(['run', 'flow.json', '--input', 'wait', '--json'], { files, interrupt: true })
  expect([stopped.code, JSON.parse(stopped.out).status]).toEqual([130, 'cancelled'])
})

test('run takes overrides, which are checked with the document', async () => {
  const args = ['run', 'flow.json', '--input', 'x', '--events', '--model', 'other', '--parallelism', 'serial']
  const { out } = await commandLine(args, { files })
  expect(JSON.parse(out.split('\n')[0] ?? '')).toMatchObject({ model: 'other', parallelism: 'serial' })
})

test('bad usage is 2, with what is wrong and what the command takes', async () => {
  for (const args of [
    [],
    ['score', 'cases.jsonl'],
    ['constructor'],
    ['run', 'flow.json'],
    ['run', '--input', 'x'],
    ['run', 'none.json', '--input', 'x'],
    ['run', 'flow.json', 'other.json', '--input', 'x'],
    ['run', 'flow.json', '--input', 'x', '--json', '--events'],
    ['run', 'flow.json', '--input', 'x', '--tempo', '3'],
    ['run', 'flow.json', '--input', 'x', '--var', 'who'],
    ['run', 'flow.json', '--input', 'x', '--parallelism', 'all'],
    ['run', 'flow.json', '--input', 'x', '--model', ''],
    ['serve', 'now'],
  ]) {
    const { code, err } = await commandLine(args, { files })
    expect(code, args.join(' ')).toBe(2)
    expect(err, args.join(' ')).not.toBe('')
  }
  const { err } = await commandLine(['scour', 'cases.jsonl'])
  expect(err).toMatch(/there is no command "scour"[\s\S]*volley run FLOW\.json[\s\S]*volley export/)
})

test('score judges each candidate in a line, and a line that cannot be read costs that line alone', async () => {
  const row = {
    id: 'tide_1',
    category: 'simple_python',
    functions: [
      { name: 'tide', parameters: { type: 'dict', properties: { days: { type: 'integer' } }, required: ['days'] } },
    ],
    possible_answer: [{ tide: { days: [5] } }],
    candidates: ['{"days": 5}', '{"days": 5.0}'].map((given, n) => ({
      n,
      calls: [{ name: 'tide', arguments: given }],
    })),
  }
  const cases = `${JSON.stringify(row)}\n\n{"id": 7}\n`
  const { code, out, err } = await commandLine(['score', 'cases.jsonl'], { files: { 'cases.jsonl': cases } })
  expect(
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { id: 'tide_1', n: 0, valid: true },
    { id: 'tide_1', n: 1, valid: false, error_type: 'type_error:simple' },
  ])
  expect([code, err]).toEqual([2, 'volley: cases.jsonl, line 3: "id" must be a text\n'])
  expect((await commandLine(['score', 'none.jsonl'])).err).toContain('there is no such file')
})

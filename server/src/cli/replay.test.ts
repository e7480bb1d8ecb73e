import { headerLine, RUN_LINES_FORMAT } from '@volley/shared/run/runLines.ts'
import { expect, test } from 'vitest'
import { PARTS } from '../parts.ts'
import { commandLine } from '../testing/fakeTerminal.ts'
import { temporaryFolder } from '../testing/temporaryFolder.ts'

const flow = {
  format: 'volley.flow/1',
  name: 'Tides',
  agent: {
    provider: 'simulated',
    model: 'simulated-1',
    settings: {
      script: [{ calls: [{ tool: 'tide', arguments: { port: 'Oslo' } }, { tool: 'sail' }] }, { text: 'We sail.' }],
      pace: { firstTokenMs: 0, callMs: 0 },
    },
  },
  tools: [
    {
      name: 'tide',
      parameters: { type: 'object', properties: { port: {} } },
      run: { kind: 'mock', result: 1, latencyMs: 30 },
    },
    { name: 'sail', parameters: { type: 'object' }, run: { kind: 'mock', result: 2 }, policy: { approval: 'always' } },
  ],
  edges: [{ from: 'tide', to: 'sail', kind: 'order' }],
}
const volley = (args: string[], more: Parameters<typeof commandLine>[1] = {}) =>
  commandLine(args, { variables: { VOLLEY_DATA: `${temporaryFolder()}/none` }, parts: PARTS, ...more })
const run = (args: string[] = [], more: Parameters<typeof commandLine>[1] = {}) =>
  volley(['run', 'flow.json', '--input', 'Sail.', ...args], { files: { 'flow.json': flow }, ...more })

test('events that were printed are a run again: the same record, and the volley as text', async () => {
  const { out: events } = await run(['--events'])
  const json = await volley(['replay', 'run.jsonl', '--json'], { files: { 'run.jsonl': events } })
  const record = JSON.parse(json.out)
  expect([json.code, record.output, record.calls.length]).toEqual([0, 'We sail.', 2])
  const text = await volley(['replay', 'run.jsonl'], { files: { 'run.jsonl': events } })
  expect(text.out).toContain('Tides: simulated simulated-1, graph\nturn 1, 2 calls\n')
  expect(text.out).toMatch(/✓ 1 tide \{"port":"Oslo"\} +[· ]*█+ +\d+ ms\n/)
  expect(text.out).toMatch(/We sail\.\n$/)
})

test('an export of several runs is read with its documents, and a line that does not go on is named', async () => {
  const { out: events } = await run(['--events'])
  const id = JSON.parse(events.split('\n')[0] ?? '').runId
  const header = headerLine({ format: RUN_LINES_FORMAT, run: id, document: flow } as never)
  const exported = `${header}${events}${header}${events}`
  const { out } = await volley(['replay', 'runs.jsonl', '--json'], { files: { 'runs.jsonl': exported } })
  expect(out.trim().split('\n')).toHaveLength(2)
  const faultOf = async (text: string) => {
    const { code, err } = await volley(['replay', 'runs.jsonl'], { files: { 'runs.jsonl': text } })
    return `${code} ${err.trim()}`
  }
  const [first = '', second = '', third = ''] = events.split('\n')
  expect(await faultOf(`${first}\n${third}`)).toBe(
    '2 volley: runs.jsonl, line 2: it is event 3, and event 2 should follow',
  )
  expect(await faultOf(second)).toMatch(/line 1: no run has begun here/)
  expect(await faultOf(`${first}\n{"seq": 2, "at": 0, "type": "call.danced"}`)).toMatch(
    /line 2: it is no event of a run/,
  )
  expect(await faultOf(`${first}\n{"seq": 2, "at": 0, "type": "call.waiting", "call": 7, "waitsFor": []}`)).toMatch(
    /cannot be rebuilt/,
  )
  expect(await faultOf(`${first}\n{`)).toMatch(/line 2: it is no JSON/)
  expect(await faultOf('{"format": "volley.runs/9"}')).toMatch(/line 1: it is no beginning of a run/)
  expect(await faultOf('')).toMatch(/holds no runs/)
})

test('a run that was exported while it went on is shown as far as it came', async () => {
  const { out: events } = await run(['--events'])
  const lines = events.split('\n')
  const header = headerLine({
    format: RUN_LINES_FORMAT,
    run: JSON.parse(lines[0] ?? '').runId,
    document: flow,
  } as never)
  for (const count of [1, 3, 5]) {
    const files = { 'run.jsonl': `${header}${lines.slice(0, count).join('\n')}` }
    const { code, out } = await volley(['replay', 'run.jsonl'], { files })
    expect([code, out]).toEqual([0, expect.stringContaining('The run is running.')])
  }
})

test('an approval is refused where no one is at a terminal, and asked for where someone is', async () => {
  const sailed = async (more: Parameters<typeof commandLine>[1]) => {
    const { out, err } = await run(['--json'], more)
    return { call: JSON.parse(out).calls[1], err }
  }
  const alone = await sailed({})
  expect([alone.call.status, alone.call.error?.code]).toEqual(['failed', 'denied'])
  expect(alone.err).toContain('refused, as no one is at a terminal')
  const asked = await sailed({ answers: ['yes'], screen: { columns: 80, rows: 24 } })
  expect([asked.call.status, asked.err]).toEqual([
    'succeeded',
    expect.stringContaining('Approve call 2, sail {}? [y/N] '),
  ])
  for (const answers of [['n'], [''], []]) expect((await sailed({ answers })).call.error?.code).toBe('denied')
})

test('on a screen the volley is painted over itself, and stays as it ended', async () => {
  const { err } = await run([], { answers: ['y'], screen: { columns: 60, rows: 24 } })
  const last = err.split('\u001b[0J').at(-1) ?? ''
  expect(last).toMatch(/✓ 1 tide .*█+ +\d+ ms\n +✓ 2 sail .*█+ +\d+ ms\n/)
  for (const line of last.split('\n').slice(0, -2)) expect(line.length).toBeLessThanOrEqual(60)
})

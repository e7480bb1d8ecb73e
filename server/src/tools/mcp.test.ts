import fs from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../testing/temporaryFolder.ts'
import { anMcp, aProgram, aSource, EVERYTHING, FILESYSTEM, oddServer } from './mcp/testing.ts'

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
const until = async (isSo: () => boolean) => {
  for (let tries = 0; tries < 200 && !isSo(); tries++) await new Promise((resolve) => setTimeout(resolve, 20))
  expect(isSo()).toBe(true)
}

describe('a real server over stdio', () => {
  const everything = aProgram('everything', [EVERYTHING])

  test('answers with text, with structured content, with an image, with an error', async () => {
    const { call } = anMcp([everything])
    expect(await call('everything', 'echo', { message: 'ahoy' })).toEqual({ ok: true, result: 'Echo: ahoy' })
    expect(await call('everything', 'get-structured-content', { location: 'Chicago' })).toEqual({
      ok: true,
      result: { temperature: 36, conditions: 'Light rain / drizzle', humidity: 82 },
    })
    const image = await call('everything', 'get-tiny-image')
    expect(image).toMatchObject({
      ok: true,
      result: {
        content: [
          { type: 'text' },
          { type: 'image', mimeType: 'image/png', data: expect.any(String) },
          { type: 'text' },
        ],
      },
      shown: expect.stringMatching(/\[image: image\/png, \d+ bytes; kept in the trace, not shown here\]/),
    })
    expect(image.ok && image.shown).not.toContain('iVBOR')
    expect(await call('everything', 'echo', { message: 5 })).toMatchObject({
      ok: false,
      code: 'tool_error',
      retry: false,
    })
  })

  test('lists all its tools as recorded', async () => {
    const { mcp } = anMcp([everything])
    const listed = await mcp.list('everything')
    const names = listed.ok ? listed.value.map(({ name }) => name) : []
    expect(names).toEqual(expect.arrayContaining(['echo', 'get-sum', 'trigger-long-running-operation']))
  })

  test('runs calls side by side in one process', async () => {
    const { call } = anMcp([everything])
    await call('everything', 'echo', { message: 'warm' })
    const began = performance.now()
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        call('everything', 'trigger-long-running-operation', { duration: 0.6, steps: 2 }),
      ),
    )
    expect(answers.every((one) => one.ok)).toBe(true)
    expect(performance.now() - began).toBeLessThan(2400)
  })

  test('tells how far it is', async () => {
    const { call } = anMcp([everything])
    const told: object[] = []
    await call(
      'everything',
      'trigger-long-running-operation',
      { duration: 0.3, steps: 3 },
      { report: (progress) => told.push(progress) },
    )
    expect(told).toContainEqual({ progress: 2, total: 3 })
  })

  test('gets PATH, HOME, LANG and its own environment, and nothing of Volley’s', async () => {
    process.env.VOLLEY_TEST_KEY = 'sk-hidden'
    const { call } = anMcp([
      { ...everything, transport: { is: 'stdio', command: process.execPath, args: [EVERYTHING], env: { OWN: 'yes' } } },
    ])
    const answer = await call('everything', 'get-env')
    delete process.env.VOLLEY_TEST_KEY
    const env = JSON.parse(answer.ok ? String(answer.result) : '{}')
    expect(
      Object.keys(env).filter((name) => !['PATH', 'HOME', 'LANG'].includes(name) && !name.startsWith('__CF')),
    ).toEqual(['OWN'])
  })

  test('names what there is when a tool is missing', async () => {
    const { call } = anMcp([everything])
    expect(await call('everything', 'eccho')).toMatchObject({
      ok: false,
      code: 'network',
      message: expect.stringContaining('has no tool "eccho". It has: "echo"'),
    })
  })

  test('reads and writes files of the one folder it was given', async () => {
    const folder = fs.realpathSync(temporaryFolder())
    fs.writeFileSync(`${folder}/log.txt`, 'Monday: fog\n')
    const { call } = anMcp([aProgram('files', [FILESYSTEM, folder])])
    expect(await call('files', 'read_text_file', { path: `${folder}/log.txt` })).toEqual({
      ok: true,
      result: { content: 'Monday: fog\n' },
    })
    await call('files', 'write_file', { path: `${folder}/next.txt`, content: 'Tuesday: sun' })
    expect(fs.readFileSync(`${folder}/next.txt`, 'utf8')).toBe('Tuesday: sun')
    expect(await call('files', 'read_text_file', { path: '/etc/hostname' })).toMatchObject({
      ok: false,
      code: 'tool_error',
      message: expect.stringContaining('Access denied'),
    })
  })
})

describe('a command that nobody approved', () => {
  test('is never started, neither by a call nor by a listing', async () => {
    const mark = `${temporaryFolder()}/started`
    const source = `require('fs').writeFileSync(${JSON.stringify(mark)}, '')`
    const { call, mcp } = anMcp([aSource('new', source, { approved: false })])
    expect(await call('new', 'x')).toMatchObject({
      ok: false,
      code: 'blocked',
      message: expect.stringContaining('Settings, Connections'),
    })
    expect(await mcp.list('new')).toMatchObject({ ok: false, error: expect.stringContaining('approve') })
    expect(fs.existsSync(mark)).toBe(false)
  })

  test('stops when its approval or its content changes, and the calls then start the new one', async () => {
    const server = (word: string) =>
      oddServer(['pid'], `result(message.id, { content: [{ type: 'text', text: '${word} ' + process.pid }] })`)
    const { call, stored } = anMcp([aSource('it', server('one'))])
    const first = await call('it', 'pid')
    stored.set('it', aSource('it', server('two'), { hash: 'h2', approved: false }))
    expect(await call('it', 'pid')).toMatchObject({ code: 'blocked' })
    await until(() => !isAlive(Number(String(first.ok && first.result).split(' ')[1])))
    stored.set('it', aSource('it', server('two'), { hash: 'h2' }))
    expect(await call('it', 'pid')).toMatchObject({ result: expect.stringMatching(/^two /) })
  })
})

describe('no shell', () => {
  test('stands between the arguments and the command', async () => {
    const source = oddServer(
      ['args'],
      'result(message.id, { content: [{ type: "text", text: process.argv.slice(1).join("|") }] })',
    )
    const { call } = anMcp([aProgram('it', ['-e', source, '--', '; touch x', '$(id)', '`id`'])])
    expect(await call('it', 'args')).toEqual({ ok: true, result: '; touch x|$(id)|`id`' })
  })
})

describe('a server that dies', () => {
  const source = oddServer(
    ['pid', 'die', 'wait'],
    `if (tool === 'pid') result(message.id, { content: [{ type: 'text', text: String(process.pid) }] })
     if (tool === 'die') { process.stderr.write('the mast broke\\n'); process.exit(3) }`,
  )

  test('fails the calls it was running, with what it said last, and is started again for the next', async () => {
    const { call } = anMcp([aSource('it', source)])
    const first = await call('it', 'pid')
    const [waiting, dying] = await Promise.all([call('it', 'wait'), call('it', 'die')])
    for (const one of [waiting, dying])
      expect(one).toMatchObject({
        ok: false,
        code: 'network',
        retry: true,
        message: expect.stringMatching(/ended with code 3.*the mast broke/s),
      })
    const next = await call('it', 'pid')
    expect(next.ok).toBe(true)
    expect(next).not.toEqual(first)
  })

  test('from outside is noticed as well', async () => {
    const { call } = anMcp([aSource('it', source)])
    const first = await call('it', 'pid')
    const waiting = call('it', 'wait')
    await new Promise((resolve) => setTimeout(resolve, 50))
    process.kill(Number(first.ok && first.result), 'SIGKILL')
    expect(await waiting).toMatchObject({ code: 'network', message: expect.stringContaining('SIGKILL') })
  })

  test('at once, or does not exist, is a fault that says so', async () => {
    const { call } = anMcp([
      aSource('dead', 'console.error("no config"); process.exit(1)'),
      aProgram('none', [], { transport: { is: 'stdio', command: 'no-such-command-here', args: [], env: {} } }),
      { kind: 'openai', name: 'model' },
    ])
    expect(await call('dead', 'x')).toMatchObject({
      code: 'network',
      message: expect.stringMatching(/ended with code 1.*no config/s),
    })
    expect(await call('none', 'x')).toMatchObject({
      code: 'network',
      message: expect.stringContaining('no command "no-such-command-here"'),
    })
    expect(await call('model', 'x')).toMatchObject({
      code: 'network',
      message: expect.stringContaining('leads to a model'),
    })
    expect(await call('nobody', 'x')).toMatchObject({
      code: 'network',
      message: expect.stringContaining('no connection "nobody"'),
    })
  })
})

describe('a server that answers nonsense or never', () => {
  test.each([
    ['never', 'setInterval(() => {}, 1000)'],
    ['with a banner', 'console.log("hello!"); setInterval(() => {}, 1000)'],
    ['with JSON that is no message', 'console.log("{}"); setInterval(() => {}, 1000)'],
  ])('%s, is given up on after its time to start', async (_how, source) => {
    const { call } = anMcp([aSource('it', source)], { startMs: 400 })
    expect(await call('it', 'x')).toMatchObject({
      code: 'network',
      message: expect.stringContaining('did not finish its start'),
    })
  })

  test.each([
    [
      'lines without end',
      'setInterval(() => { for (let i = 0; i < 100; i++) console.log("noise") }, 1)',
      'no messages',
    ],
    ['one line without end', 'setInterval(() => process.stdout.write("x".repeat(1 << 20)), 1)', 'larger than 10 MB'],
  ])('in %s, is ended', async (_how, source, says) => {
    const { call } = anMcp([aSource('it', source)])
    expect(await call('it', 'x')).toMatchObject({ code: 'network', message: expect.stringContaining(says) })
  })

  test('a result of the wrong shape fails that call alone', async () => {
    const source = oddServer(
      ['odd', 'even'],
      `if (tool === 'odd') result(message.id, { content: 'no list' })
       else result(message.id, { content: [{ type: 'text', text: 'fine' }] })`,
    )
    const { call } = anMcp([aSource('it', source)])
    const [odd, even] = await Promise.all([call('it', 'odd'), call('it', 'even')])
    expect(odd).toMatchObject({ ok: false, code: 'tool_error', message: expect.stringContaining('nonsense') })
    expect(even).toEqual({ ok: true, result: 'fine' })
  })

  test('a banner before a good start does no harm', async () => {
    const source = oddServer(['x'], 'result(message.id, { content: [] })', 'console.log("Server 1.0 is up")')
    const { call } = anMcp([aSource('it', source)])
    expect(await call('it', 'x')).toEqual({ ok: true, result: '' })
  })
})

describe('a call that is stopped', () => {
  test('leaves the server and the other calls alone', async () => {
    const source = oddServer(
      ['pid', 'slow', 'wait'],
      `const words = () => result(message.id, { content: [{ type: 'text', text: String(process.pid) }] })
       if (tool === 'pid') words()
       if (tool === 'slow') setTimeout(words, 200)`,
    )
    const { call } = anMcp([aSource('it', source)])
    const first = await call('it', 'pid')
    const stop = new AbortController()
    const others = [call('it', 'slow'), call('it', 'wait', {}, { signal: stop.signal })]
    await new Promise((resolve) => setTimeout(resolve, 50))
    stop.abort()
    expect(await Promise.all(others)).toMatchObject([first, { code: 'cancelled' }])
    expect(await call('it', 'pid')).toEqual(first)
  })

  test('ends at once, and the server is told', async () => {
    const file = `${temporaryFolder()}/told`
    const source = oddServer(
      ['wait'],
      '',
      `const write = process.stderr.write.bind(process.stderr); process.stderr.write = (text) => { require('fs').appendFileSync(${JSON.stringify(file)}, text); return write(text) }`,
    )
    const { call } = anMcp([aSource('it', source)])
    const stop = new AbortController()
    const waiting = call('it', 'wait', {}, { signal: stop.signal })
    await new Promise((resolve) => setTimeout(resolve, 300))
    stop.abort()
    expect(await waiting).toMatchObject({ ok: false, code: 'cancelled' })
    await until(() => fs.existsSync(file) && /cancelled \d+/.test(fs.readFileSync(file, 'utf8')))
  })

  test('while the server still starts, waits for nothing', async () => {
    const { call } = anMcp([aSource('it', 'setInterval(() => {}, 1000)')], { startMs: 300 })
    const stop = new AbortController()
    const waiting = call('it', 'x', {}, { signal: stop.signal })
    stop.abort()
    expect(await waiting).toMatchObject({ code: 'cancelled' })
  })
})

describe('a session', () => {
  const source = oddServer(['pid'], `result(message.id, { content: [{ type: 'text', text: String(process.pid) }] })`)
  const pidOf = (answer: { ok: boolean; result?: unknown }) => Number(answer.result)

  test('is opened once for calls that come together, and closed when nobody used it for a while', async () => {
    const { call } = anMcp([aSource('it', source)], { idleMs: 100 })
    const pids = (await Promise.all([call('it', 'pid'), call('it', 'pid'), call('it', 'pid')])).map((one) =>
      pidOf(one as never),
    )
    expect(new Set(pids).size).toBe(1)
    await until(() => !isAlive(pids[0] as number))
    expect(pidOf((await call('it', 'pid')) as never)).not.toBe(pids[0])
  })

  test('ends with everything the server started, at the latest when Volley stops', async () => {
    const file = `${temporaryFolder()}/child`
    const stubborn = `process.on('SIGTERM', () => {}); const { spawn } = require('child_process');
      require('fs').writeFileSync(${JSON.stringify(file)}, String(spawn('sleep', ['600'], { stdio: 'ignore' }).pid));`
    const { call, mcp } = anMcp([
      aSource(
        'it',
        oddServer(
          ['pid'],
          source.includes('pid')
            ? `result(message.id, { content: [{ type: 'text', text: String(process.pid) }] })`
            : '',
          stubborn,
        ).replace("process.stdin.on('end', () => process.exit(0))", ''),
      ),
    ])
    const pid = pidOf((await call('it', 'pid')) as never)
    await mcp.close()
    await until(() => !isAlive(pid) && !isAlive(Number(fs.readFileSync(file, 'utf8'))))
  })
})

beforeAll(() => {
  expect(fs.existsSync(EVERYTHING) && fs.existsSync(FILESYSTEM)).toBe(true)
})

import { afterAll, describe, expect, test } from 'vitest'
import { aSandbox, codeRunner } from './testing.ts'

const sandbox = aSandbox()
const { run, problem } = codeRunner(sandbox)
afterAll(() => sandbox.close())

describe('code', () => {
  test('gets its arguments as data and gives JSON', async () => {
    const given = { city: 'Łódź 🌊', at: { list: [1, null, true] }, note: '__proto__' }
    expect(await run('export default (args) => args', given)).toEqual({ ok: true, result: given })
    expect(await run('export default async ({ a, b }) => ({ sum: a + b })', { a: 1, b: 2 })).toEqual({
      ok: true,
      result: { sum: 3 },
    })
  })

  test('may be any form of default export, with top-level await and helpers', async () => {
    const source = `
      const base = await Promise.resolve(40)
      const helper = async (n) => (await null, base + n)
      async function main({ n }) { return helper(n) }
      export { main as default }`
    expect(await run(source, { n: 2 })).toEqual({ ok: true, result: 42 })
  })

  test('that returns nothing gives null', async () => {
    expect(await run('export default () => {}')).toEqual({ ok: true, result: null })
  })

  test.each([
    ['a function', 'export default () => () => 1', 'it is a function'],
    ['a function within', 'export default () => ({ a: [{ f() {} }] })', '"f" is a function'],
    ['a BigInt', 'export default () => ({ big: 10n })', '"big" is a BigInt'],
    ['a symbol', 'export default () => Symbol("x")', 'it is a symbol'],
    ['a Map', 'export default () => ({ m: new Map() })', '"m" is a Map'],
    ['a promise within', 'export default () => ({ p: Promise.resolve(1) })', '"p" is a promise'],
    ['a cycle', 'export default () => { const a = {}; a.a = a; return a }', 'it contains itself'],
    ['too deep', 'export default () => { let a = 1; for (let n = 0; n < 600; n++) a = [a]; return a }', '500 levels'],
  ])('that returns %s is told so', async (_what, source, said) => {
    expect(await problem(source)).toEqual({ code: 'tool_error', message: expect.stringContaining(said) })
  })

  test('that throws fails with its message, line and column', async () => {
    expect(
      await problem('export default ({ n }) => {\n  if (n > 1) throw new RangeError("too many")\n}', { n: 2 }),
    ).toEqual({
      code: 'tool_error',
      message: expect.stringMatching(/^RangeError: too many \(line 2, column \d+\)$/),
    })
    expect(await problem('export default async () => {\n\n  await null\n  return nothing.here\n}')).toEqual({
      code: 'tool_error',
      message: expect.stringMatching(/'nothing' is not defined \(line 4, column \d+\)$/),
    })
    expect(await problem('export default () => { throw { odd: 1 } }')).toEqual({
      code: 'tool_error',
      message: '{"odd":1}',
    })
    expect(await problem('export default () => Promise.reject()')).toMatchObject({ code: 'tool_error' })
  })

  test('that cannot be read fails with the place', async () => {
    expect(await problem('export default () => {\n  let x = ;\n}')).toEqual({
      code: 'tool_error',
      message: expect.stringMatching(/^SyntaxError: .* \(line 2, column 11\)$/),
    })
  })

  test.each([
    'import fs from "node:fs"\nexport default () => fs',
    'export default async () => (await import("node:fs")).readFileSync("/etc/passwd")',
    'export * from "./worker.ts"\nexport default 1',
  ])('cannot import: %s', async (source) => {
    expect((await problem(source)).message).toMatch(/cannot import anything, but this imports "[^"]+".*\(line 1/)
  })

  test('without a function to call says what to write', async () => {
    for (const source of ['', 'export const a = 1', 'export default 7'])
      expect((await problem(source)).message).toContain('export default async (args)')
  })

  test('prints to the console of its attempt, in order, failed or not', async () => {
    const source = `export default () => {
      console.log('a', 1, { b: [2n, () => 1] }); console.info(null); console.warn(undefined); console.error(new TypeError('e'))
      const loop = {}; loop.loop = loop; console.debug(loop)
      throw new Error('end')
    }`
    const outcome = await run(source)
    expect(outcome).toMatchObject({ ok: false })
    expect(outcome.console).toEqual([
      { level: 'log', text: 'a 1 {"b":["2n","[function]"]}' },
      { level: 'info', text: 'null' },
      { level: 'warn', text: 'undefined' },
      { level: 'error', text: expect.stringContaining('TypeError: e') },
      { level: 'log', text: '{"loop":"[circular]"}' },
    ])
  })

  test('that prints without end keeps 64 KB of it and says so', async () => {
    const outcome = await run(`export default () => { for (let n = 0; n < 50000; n++) console.log('line ' + n) }`)
    const printed = outcome.console ?? []
    expect(outcome.ok).toBe(true)
    expect(printed.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(70_000)
    expect(printed.at(-1)?.text).toContain('left out')
    expect((await run('export default () => console.log("x".repeat(2e7))')).console?.[0]?.text.length).toBeLessThan(
      65_537,
    )
  })

  test('sees no world: no process, no files, no network, no timers, no other clock than Date', async () => {
    const names = [
      'process',
      'require',
      'module',
      'Buffer',
      'fetch',
      'XMLHttpRequest',
      'WebSocket',
      'setTimeout',
      'performance',
      'std',
      'os',
      'Atomics',
      'WebAssembly',
      'navigator',
      'global',
    ]
    expect(await run(`export default () => ${JSON.stringify(names)}.filter((name) => name in globalThis)`)).toEqual({
      ok: true,
      result: [],
    })
    expect((await problem('export default () => setTimeout(() => {}, 1)')).message).toContain('no timers')
    expect((await problem('export default () => fetch("https://example.org")')).message).toContain(
      'VOLLEY_CODE_FETCH=on',
    )
    expect((await problem('export default () => process.env')).message).toContain('without Node')
    const now = await run('export default () => Date.now()')
    expect(Math.abs(Date.now() - Number(now.ok && now.result))).toBeLessThan(5000)
  })

  test.each([
    `(function(){}).constructor('return typeof process')()`,
    `(async () => {}).constructor('return typeof process')()`,
    `console.log.constructor.constructor('return typeof process')()`,
    `[].constructor.constructor('return this')().process === undefined ? 'undefined' : 'found'`,
    `Function('return typeof require')()`,
    `(0, eval)('typeof process')`,
    `new Error().constructor.constructor('return typeof globalThis.process')()`,
  ])('escapes to nowhere by %s', async (expression) => {
    expect(await run(`export default async () => await ${expression}`)).toEqual({ ok: true, result: 'undefined' })
  })

  test('leaves nothing behind for the next call', async () => {
    const spoil = `export default () => {
      Object.prototype.polluted = 1; Array.prototype.map = () => 'mine'; globalThis.kept = 1
      JSON.parse = () => 'mine'; Promise.prototype.then = undefined; console.log = 1; Object.freeze(globalThis)
      return 1
    }`
    for (let n = 0; n < 4; n++) await run(spoil)
    const look =
      'export default (a) => [({}).polluted ?? null, [1].map((n) => n), globalThis.kept ?? null, a, typeof console.log]'
    for (let n = 0; n < 4; n++)
      expect(await run(look, { n })).toEqual({ ok: true, result: [null, [1], null, { n }, 'function'] })
  })
})

describe('the check of a source', () => {
  test('finds nothing wrong with good code, and runs none of it', async () => {
    expect(await sandbox.checkSource('export default async (args) => args')).toEqual([])
    expect(await sandbox.checkSource('for (;;) {}\nthrow 1\nexport default 1')).toEqual([])
  })

  test.each([
    ['export default () => {\n  let x = ;\n}', 2, 11, /SyntaxError/],
    ['\nimport a from "a"\nexport default a', 2, 1, /imports "a"/],
    ['const a = 1', 1, 1, /export default/],
    ['('.repeat(200_000), 1, 1, /too deeply/],
  ])('%.40s has a problem with its place', async (source, line, column, message) => {
    expect(await sandbox.checkSource(source)).toEqual([{ line, column, message: expect.stringMatching(message) }])
  })
})

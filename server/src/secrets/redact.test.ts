import type { RunFact } from '@volley/shared/run/events.ts'
import { factSchema } from '@volley/shared/run/events.ts'
import { runFromEvents } from '@volley/shared/run/state.ts'
import { NO_USAGE } from '@volley/shared/run/usage.ts'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createJournal } from '../engine/journal.ts'
import { createMemoryEventLog } from '../store/memoryEventLog.ts'
import { EMPTY_SUMMARY, started } from '../testing/logEvents.ts'
import { manualClock } from '../testing/manualClock.ts'
import { aFlow } from '../testing/runWith.ts'
import { createRedaction, type Redaction, STRUCTURE } from './redact.ts'

// The ways in which a secret can stand in a text, written here anew, so that the product's own list is put to the test.
const base64 = (before: string, secret: string, after: string) =>
  Buffer.from(`${before}${secret}${after}`).toString('base64')
const WAYS: Record<string, (secret: string, before: string, after: string) => string> = {
  plain: (secret, before, after) => before + secret + after,
  'as base64': (secret, before, after) => base64(before, secret, after),
  'as url-safe base64': (secret, before, after) => Buffer.from(`${before}${secret}${after}`).toString('base64url'),
  'percent-encoded': (secret, before, after) => encodeURIComponent(before + secret + after),
  'as a form sends it': (secret, before, after) => new URLSearchParams({ q: before + secret + after }).toString(),
  'in a JSON text': (secret, before, after) => JSON.stringify({ [before]: secret + after }),
  'in the query of an address': (secret, before, after) =>
    new URL(`http://x/?${encodeURIComponent(before + secret + after)}`).search.slice(1),
  'percent-encoded but for slashes': (secret, before, after) =>
    encodeURIComponent(before + secret + after).replaceAll('%2F', '/'),
  'percent-encoded whole': (secret, before, after) =>
    [...Buffer.from(before + secret + after)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  'in a JSON text that escapes what HTML reads': (secret, before, after) =>
    JSON.stringify(before + secret + after).replace(
      /[&<>']/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  'in HTML': (secret, before, after) =>
    (before + secret + after).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`),
  'in a JSON text in a JSON text': (secret, before, after) => JSON.stringify(JSON.stringify([before + secret + after])),
}
const NEVER = [...Object.keys(WAYS)]

const EXACT: Record<string, (secret: string) => string> = Object.fromEntries(
  ['in the query of an address', 'percent-encoded but for slashes', 'percent-encoded whole', 'in HTML'].map((way) => [
    way,
    (secret) => WAYS[way]?.(secret, '', '') ?? '',
  ]),
)

/** What of a secret must not be left: the text itself, and for base64 the digits that no neighbour touches. */
function traces(way: string, secret: string, before: string): string[] {
  if (way === 'as base64' || way === 'as url-safe base64') {
    const skip = Buffer.byteLength(before) % 3
    const digits = Buffer.concat([Buffer.alloc(skip), Buffer.from(secret)]).toString(
      way === 'as base64' ? 'base64' : 'base64url',
    )
    const length = Math.floor(((skip + Buffer.byteLength(secret)) * 8) / 6)
    return [digits.slice(Math.ceil((skip * 8) / 6), length)]
  }
  if (way in EXACT) return [EXACT[way]?.(secret) ?? '']
  if (way === 'percent-encoded') return [encodeURIComponent(secret)]
  if (way === 'as a form sends it') return [new URLSearchParams({ q: secret }).toString().slice(2)]
  if (way === 'in a JSON text') return [JSON.stringify(secret).slice(1, -1)]
  if (way.startsWith('in a JSON text that')) return [WAYS[way]?.(secret, '', '').slice(1, -1) ?? '']
  if (way.startsWith('in a JSON text in'))
    return [JSON.stringify(JSON.stringify(secret)).slice(3, -3)].filter((left) => left.length >= 4)
  return [secret]
}

const aSecret = fc
  .oneof(
    fc.string({ minLength: 4, maxLength: 40 }),
    fc.string({ minLength: 4, maxLength: 40, unit: 'binary' }),
    fc.stringMatching(/^[A-Za-z0-9+/=_-]{4,60}$/),
  )
  .filter((secret) => secret.trim().length >= 4 && secret.isWellFormed() && !secret.includes('*'))
const around = fc.string({ maxLength: 9 })

function hiding(...secrets: string[]): Redaction {
  const redaction = createRedaction()
  redaction.hide(secrets)
  return redaction
}

describe('a text', () => {
  test.each(NEVER)('never shows a secret %s, whatever stands around it', (way) => {
    fc.assert(
      fc.property(aSecret, around, around, (secret, before, after) => {
        const shown = hiding(secret).text(WAYS[way]?.(secret, before, after) ?? '')
        for (const trace of traces(way, secret, before)) expect(shown).not.toContain(trace)
      }),
      { numRuns: 300 },
    )
  })

  test('never shows a secret that comes in pieces, however it is cut; and nothing else is lost', () => {
    fc.assert(
      fc.property(
        fc.array(aSecret, { minLength: 1, maxLength: 3 }),
        fc.array(fc.oneof(around, fc.nat({ max: 2 })), { maxLength: 8 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 5 })),
        (secrets, parts, cuts) => {
          const whole = parts
            .map((part) => (typeof part === 'number' ? (secrets[part % secrets.length] ?? '') : part))
            .join('')
          const redaction = hiding(...secrets)
          const stream = redaction.stream()
          let shown = ''
          for (let at = 0; at < whole.length; ) {
            const next = at + (cuts.next().value ?? 1)
            shown += stream.push(whole.slice(at, next))
            at = next
          }
          shown += stream.end()
          for (const secret of secrets) expect(shown).not.toContain(secret)
          // A backslash right before a secret may be its escape: whole texts hide it too.
          const plain = (text: string) => text.replaceAll(/\\?(\*\*\*)+/g, '***')
          expect(plain(shown)).toBe(plain(redaction.text(whole)))
        },
      ),
      { numRuns: 500 },
    )
  })

  test('loses nothing but the secret', () => {
    expect(hiding('tern-4471', 'gannet').text('a tern-4471, b gannet; tern-447')).toBe('a ***, b ***; tern-447')
  })

  test('shows nothing of two secrets that overlap', () => {
    expect(hiding('abcdef', 'defghi').text('<abcdefghi>')).toBe('<***>')
  })

  test('hides a secret made of stars', () => {
    expect(hiding('****', 'tern-4471').text('tern-4471*')).not.toContain('****')
  })

  test('keeps values shorter than four characters: they are in every second text by chance', () => {
    expect(hiding('abc').text('abcabc')).toBe('abcabc')
  })

  test('of 5 MB is read in a moment, with 200 secrets to look for', () => {
    const secrets = Array.from({ length: 200 }, (_, nth) => `key-${nth}-${'x'.repeat(30)}`)
    const redaction = hiding(...secrets)
    const text = 'The tide in the harbour is key to what the ships do. '.repeat(100_000)
    const began = performance.now()
    expect(redaction.text(text)).toBe(text)
    expect(performance.now() - began).toBeLessThan(1_500)
  })
})

describe('a value', () => {
  test('is the very same object when it holds no secret', () => {
    const value = { a: [1, 'x', { b: null }] }
    expect(hiding('tern-4471').json(value)).toBe(value)
  })

  test('shows no secret in keys or numbers either, and keeps two hidden keys apart', () => {
    expect(hiding('44711', 'tern-').json({ 'tern-1': 44711, 'tern-2': [144711.5], 'tern-': true })).toEqual({
      '***1': '***',
      '***2': ['1***.5'],
      '***': true,
    })
    expect(hiding('aaaa', 'bbbb').json({ aaaa: 1, bbbb: 2 })).toEqual({ '***': 1, '*** 2': 2 })
  })
})

describe('the log', () => {
  /** Every fact that can hold a text from outside, with this text in each place. */
  const facts = (text: string, value: unknown): RunFact[] => [
    { type: 'turn.started', turn: 1 },
    { type: 'text.delta', turn: 1, text },
    { type: 'call.emitted', turn: 1, call: 1, id: text, tool: text, arguments: value },
    { type: 'call.started', call: 1, attempt: 1, arguments: value, eager: false },
    { type: 'call.retrying', call: 1, attempt: 1, error: { code: 'network', message: text }, delayMs: 1 },
    { type: 'call.succeeded', call: 1, result: value, durationMs: 1 },
    { type: 'call.emitted', turn: 1, call: 2, id: '2', tool: 'b', arguments: text },
    { type: 'call.approved', call: 2, reason: text },
    { type: 'call.failed', call: 2, error: { code: 'tool_error', message: text } },
    { type: 'call.emitted', turn: 1, call: 3, id: '3', tool: 'b', arguments: {} },
    { type: 'call.skipped', call: 3, error: { code: 'dependency_failed', message: text, call: 2 } },
    { type: 'call.emitted', turn: 1, call: 4, id: '4', tool: 'b', arguments: {} },
    { type: 'call.cancelled', call: 4, error: { code: 'cancelled', message: text } },
    { type: 'turn.retrying', turn: 1, attempt: 1, error: { code: 'stream', message: text }, delayMs: 1 },
    { type: 'text.delta', turn: 1, text },
    { type: 'message.finished', turn: 1, usage: NO_USAGE, stopReason: 'end', echo: value },
    { type: 'turn.finished', turn: 1, usage: NO_USAGE, stopReason: 'end' },
    {
      type: 'run.finished',
      status: 'failed',
      output: text,
      error: { code: 'provider', message: text },
      usage: NO_USAGE,
      costUsd: null,
      summary: EMPTY_SUMMARY,
    },
  ]

  test.each(NEVER)('holds no secret %s, in whichever fact it was written, and can still be read', async (way) => {
    await fc.assert(
      fc.asyncProperty(aSecret, around, around, async (secret, before, after) => {
        const text = WAYS[way]?.(secret, before, after) ?? ''
        const stored = await storedWith(hiding(secret), facts(text, { [text]: [text, { deep: text }] }))
        const left = stored.flatMap(textsOf)
        expect(left.length).toBeGreaterThan(20)
        for (const trace of traces(way, secret, before)) expect(left.filter((one) => one.includes(trace))).toEqual([])
        expect(runFromEvents(stored).status).toBe('failed')
      }),
      { numRuns: 60 },
    )
  })

  test('holds no secret that a model writes in pieces, with a call between them', async () => {
    const stored = await storedWith(hiding('tern-4471'), [
      { type: 'turn.started', turn: 1 },
      { type: 'text.delta', turn: 1, text: 'It is te' },
      { type: 'call.emitted', turn: 1, call: 1, id: 'a', tool: 'b', arguments: {} },
      { type: 'text.delta', turn: 1, text: 'rn-44' },
      { type: 'call.cancelled', call: 1, error: { code: 'cancelled', message: 'x' } },
      { type: 'text.delta', turn: 1, text: '71, and ter' },
      { type: 'message.finished', turn: 1, usage: NO_USAGE, stopReason: 'end' },
    ])
    expect(runFromEvents(stored).turns[0]?.text).toBe('It is ***, and ter')
    expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, index) => index + 1))
  })

  test('keeps the names of the document, which stand there in plain sight', async () => {
    const fact: RunFact = { type: 'call.emitted', turn: 1, call: 1, id: 'a', tool: 'run_tests', arguments: {} }
    expect(hiding('test').fact(fact, new Set(['run_tests']))).toMatchObject({ tool: 'run_tests' })
  })
})

/** The texts of an event that come from outside; a short secret may well be a word of our own, such as a field's name. */
function textsOf(event: Record<string, unknown>): string[] {
  const error = event.error as { message: string } | undefined
  const free = ['text', 'id', 'tool', 'reason', 'output', 'arguments', 'result', 'echo'].map((key) => event[key])
  return [...free, error?.message].flatMap(leavesOf)
}

function leavesOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return value === undefined ? [] : [String(value)]
  return Object.entries(value).flatMap(([key, inner]) => [key, ...leavesOf(inner)])
}

async function storedWith(redactor: Redaction, facts: RunFact[]) {
  const log = createMemoryEventLog()
  const clock = manualClock()
  const spec = {
    runId: 'r',
    flow: aFlow([]),
    origin: { id: null, version: null },
    input: '',
    variables: {},
  }
  const first = { seq: 1, at: 0, ...started(spec) }
  await log.create(spec, [first], 'running')
  const onFault = (fault: unknown) => {
    throw fault
  }
  const journal = createJournal({ log, runId: 'r', clock, run: runFromEvents([first]), began: 0, redactor, onFault })
  for (const fact of facts) journal.write(fact)
  await journal.stored()
  return log.read('r', 0)
}

test('what a call tells of itself, and what the model reads in place of a result, is hidden too', () => {
  const redaction = createRedaction()
  redaction.hide(['gannet-90210'])
  const facts: RunFact[] = [
    { type: 'call.progress', call: 1, message: 'at gannet-90210', progress: 1, total: 2 },
    { type: 'call.succeeded', call: 1, result: ['gannet-90210'], shown: '[gannet-90210]', durationMs: 1 },
  ]
  expect(facts.map((fact) => redaction.fact(fact, new Set()))).toEqual([
    { type: 'call.progress', call: 1, message: 'at ***', progress: 1, total: 2 },
    { type: 'call.succeeded', call: 1, result: ['***'], shown: '[***]', durationMs: 1 },
  ])
})

test('what the code of a tool prints, and what a tried tool sends and gets, is hidden too', () => {
  const redaction = hiding("p&ss<wo>rd'(1)!zz")
  const said = "p&ss<wo>rd'(1)!zz"
  const query = new URL(`http://x/?a=${encodeURIComponent(said)}`).href
  const facts: RunFact[] = [
    {
      type: 'call.failed',
      call: 1,
      error: { code: 'tool_error', message: 'x' },
      console: [{ level: 'log', text: said }],
    },
    {
      type: 'call.exchange',
      call: 1,
      request: { method: 'GET', url: query, headers: { 'x-said': said }, body: { text: said, bytes: 17 } },
      answer: { status: 200, headers: {}, body: { text: said, bytes: 17 } },
    },
  ]
  expect(facts.map((fact) => redaction.fact(fact, new Set()))).toEqual([
    {
      type: 'call.failed',
      call: 1,
      error: { code: 'tool_error', message: 'x' },
      console: [{ level: 'log', text: '***' }],
    },
    {
      type: 'call.exchange',
      call: 1,
      request: {
        method: 'GET',
        url: 'http://x/?a=***',
        headers: { 'x-said': '***' },
        body: { text: '***', bytes: 17 },
      },
      answer: { status: 200, headers: {}, body: { text: '***', bytes: 17 } },
    },
  ])
})

test.each([
  ['a text', '{"key": "gannet-90210", "days": 5.0}', '{"key":"***","days":5}'],
  ['a number in another spelling', '{"pin": 9.0210e4, "days": 5.0}', '{"pin":"***","days":5}'],
  ['a key', '{"gannet-90210": 5.0}', '{"***":5}'],
])('arguments are not kept as they were written when %s among them was hidden', (_what, text, hidden) => {
  const given: unknown = JSON.parse(text)
  const emitted = { type: 'call.emitted', turn: 1, call: 1, id: 'a', tool: 't', arguments: given } as const
  const fact: RunFact = { ...emitted, argumentsText: text }
  const written = hiding('gannet-90210', '90210').fact(fact, new Set())
  expect(written).not.toHaveProperty('argumentsText')
  expect(JSON.stringify('arguments' in written && written.arguments)).toBe(hidden)
  expect(hiding('other-secret').fact(fact, new Set())).toEqual(fact)
})

test('every text of every kind of fact is hidden, but for what Volley itself writes', () => {
  const secret = 'gannet-90210'
  const redaction = hiding(secret)
  for (const option of factSchema.options) {
    const { type } = option.shape
    const fields = Object.entries(option.shape as Record<string, z.ZodType>).map(([key, schema]) => {
      const filled = STRUCTURE.has(key) ? null : filledWith(secret, schema)
      return [key, key in OURS ? { ...(filled as object), [OURS[key] as string]: null } : filled]
    })
    const fact = { ...Object.fromEntries(fields), type: type.value } as RunFact
    expect([type.value, JSON.stringify(redaction.fact(fact, new Set())).includes(secret)]).toEqual([type.value, false])
  }
})

/** Inside these stands one text that Volley itself writes. */
const OURS: Record<string, string> = { flow: 'id', error: 'code', request: 'method' }

/** A value of a schema in which each free text, each key of a record and each unknown part is this text. */
function filledWith(text: string, schema: z.ZodType): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional || schema instanceof z.ZodNullable)
    return filledWith(text, schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodObject)
    return Object.fromEntries(
      Object.entries(schema.shape).map(([key, inner]) => [key, filledWith(text, inner as z.ZodType)]),
    )
  if (schema instanceof z.ZodArray) return [filledWith(text, schema.element as z.ZodType)]
  if (schema instanceof z.ZodRecord) return { [text]: text }
  if (schema instanceof z.ZodEnum) return schema.options[0]
  if (schema instanceof z.ZodLiteral) return schema.value
  if (schema instanceof z.ZodNumber) return 1
  return text
}

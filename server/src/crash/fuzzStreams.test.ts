import type { Tool } from '@volley/shared/flow/flow.ts'
import { canonicalJson } from '@volley/shared/lib/json.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hostileFlow, hostileStage, sendPieces } from './hostileStage.ts'
import { APIS, eventsOf, type Said } from './wire.ts'

// Streams cut and mutated at random, through real HTTP, the official clients, the assemblers and the engine.
// VOLLEY_FUZZ sets how many streams of each kind are played.

const NUM_RUNS = Number(process.env.VOLLEY_FUZZ ?? 25)
const SEED = Number(process.env.VOLLEY_SEED ?? Math.floor(Math.random() * 1e9))
const MOST_CPU_MS = 500

// No word comes out of another by leaving letters away: a reader could not tell that from the truth, and neither could this test.
// Values that look like JSON, like SSE and like escapes, so that nothing that only counts braces gets by.
const WORDS = ['plain', '{"a":1}', '"}', '\\"', 'line\nbreak', 'data: x\n\n', '[DONE]', 'größe 🛟', '\u2028', ']}}']
const word = fc.constantFrom(...WORDS)
const messages = fc
  .array(fc.record({ tool: fc.constantFrom('look', 'pay'), one: word, two: word, nested: fc.tuple(word, word) }), {
    minLength: 1,
    maxLength: 5,
  })
  .chain((calls) => fc.record({ text: fc.option(word, { nil: undefined }), calls: fc.constant(calls) }))
  .map(
    ({ text, calls }): Said => ({
      ...(text ? { text } : {}),
      calls: calls.map(({ tool, ...args }, at) => ({
        id: `call_${at}`,
        tool,
        argumentsText: JSON.stringify({ nth: at, ...args }),
      })),
    }),
  )

const pieceChars = fc.constantFrom(1, 3, 7, 40, Number.POSITIVE_INFINITY)

/** Both parts are required and must be words of the list: what no reader could tell from the truth is kept out by the schema. */
const parameters = {
  type: 'object',
  properties: {
    nth: { type: 'integer', minimum: 0, maximum: 9 },
    one: { enum: WORDS },
    two: { enum: WORDS },
    nested: { type: 'array', items: { enum: WORDS }, minItems: 2, maxItems: 2 },
  },
  required: ['nth', 'one', 'two', 'nested'],
  additionalProperties: false,
}
const tools: Tool[] = [
  { name: 'look', parameters, run: { kind: 'mock' }, annotations: { readOnlyHint: true } },
  { name: 'pay', parameters, run: { kind: 'mock' } },
]
const flow = hostileFlow(tools)

/** A message's calls with the parts of it that count: not its times, and not in what order results came in. */
const toldOf = ({
  run,
}: {
  run: { status: string; output: string | null; turns: { text: string }[]; calls: object[] }
}) => ({
  status: run.status,
  output: run.output,
  text: run.turns.map(({ text }) => text),
  calls: run.calls.map((call) => {
    const { call: number, id, tool, emittedArguments, arguments: resolved, status } = call as Record<string, unknown>
    return { number, id, tool, emittedArguments, resolved, status }
  }),
})

describe.each(APIS)('%s', (api) => {
  test(`any split of the bytes gives the same calls and the same end (VOLLEY_SEED=${SEED})`, async () => {
    const { play } = await hostileStage()
    let mostMs = 0
    await fc.assert(
      fc.asyncProperty(messages, pieceChars, fc.array(fc.nat(), { maxLength: 40 }), async (said, chars, places) => {
        const bytes = Buffer.from(eventsOf(api, said, { pieceChars: chars }).join(''))
        const whole = await play(api, flow, (response) => sendPieces(response, [bytes]))
        expect(whole.run.calls.map(({ emittedArguments }) => emittedArguments)).toEqual(
          said.calls.map(({ argumentsText }) => JSON.parse(argumentsText)),
        )
        const cut = await play(api, flow, (response) => sendPieces(response, cutAt(bytes, places)))
        mostMs = Math.max(mostMs, cut.gap.cpuMs, whole.gap.cpuMs)
        expect(toldOf(cut)).toEqual(toldOf(whole))
        expect(whole.run.calls.every(({ status }) => status === 'succeeded')).toBe(true)
      }),
      { numRuns: NUM_RUNS, seed: SEED },
    )
    expect(mostMs).toBeLessThan(MOST_CPU_MS)
  }, 120_000)

  test(`mutated bytes give errors or right calls: no arguments are executed that the intact stream did not hold whole (VOLLEY_SEED=${SEED})`, async () => {
    const { play } = await hostileStage()
    let mostMs = 0
    await fc.assert(
      fc.asyncProperty(messages, pieceChars, mutations, async (said, chars, list) => {
        const events = eventsOf(api, said, { pieceChars: chars })
        const bytes = list.reduce(mutate, Buffer.from(mutateEvents(events, list).join('')))
        const intact = Buffer.from(events.join(''))
        const held = new Set(said.calls.map(({ argumentsText }) => canonicalJson(JSON.parse(argumentsText))))
        const { run, executed, gap } = await play(api, flow, (response, nth) =>
          sendPieces(response, [nth === 1 ? bytes : intact]),
        )
        mostMs = Math.max(mostMs, gap.cpuMs)
        for (const { arguments: args } of executed) expect(held).toContain(canonicalJson(args))
        expect(['succeeded', 'failed']).toContain(run.status)
        if (run.status === 'failed') expect(run.error?.message).toMatch(/\w.*[.…]$/s)
      }),
      { numRuns: NUM_RUNS * 3, seed: SEED },
    )
    expect(mostMs).toBeLessThan(MOST_CPU_MS)
  }, 120_000)
})

type Mutation = {
  at: number
  do: 'flip' | 'delete' | 'insert' | 'cut' | 'drop event' | 'repeat event' | 'swap events'
  with: number
}
const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({
    at: fc.nat(),
    do: fc.constantFrom<Mutation['do']>('flip', 'delete', 'insert', 'cut', 'drop event', 'repeat event', 'swap events'),
    with: fc.integer({ min: 0, max: 255 }),
  }),
  { minLength: 1, maxLength: 3 },
)

function mutateEvents(events: readonly string[], list: readonly Mutation[]): string[] {
  const mutated = [...events]
  for (const { at, do: what } of list) {
    const place = at % Math.max(1, mutated.length)
    if (what === 'drop event') mutated.splice(place, 1)
    else if (what === 'repeat event') mutated.splice(place, 0, mutated[place] ?? '')
    else if (what === 'swap events') mutated.splice(place, 2, ...mutated.slice(place, place + 2).reverse())
  }
  return mutated
}

function mutate(bytes: Buffer, { at, do: what, with: value }: Mutation): Buffer<ArrayBuffer> {
  const place = at % Math.max(1, bytes.length)
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)]
  if (what === 'flip') return Buffer.concat([before, Buffer.of(value), after.subarray(1)])
  if (what === 'delete') return Buffer.concat([before, after.subarray(1 + (value % 20))])
  if (what === 'insert') return Buffer.concat([before, Buffer.of(value), after])
  return Buffer.from(what === 'cut' ? before : bytes)
}

function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const cuts = [...new Set(places.map((place) => place % bytes.length))].sort((one, other) => one - other)
  return [0, ...cuts].map((from, index) => bytes.subarray(from, cuts[index] ?? bytes.length))
}

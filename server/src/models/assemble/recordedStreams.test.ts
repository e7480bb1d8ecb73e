import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ModelEvent } from '../../engine/ports.ts'
import { streamMessage } from '../streamMessage.ts'
import { collect, summaryOf } from '../testing/events.ts'
import { assemblerFor, type Recorded, recordedStreams } from '../testing/recorded.ts'

const words = { label: 'the model', keyAdvice: '', addressAdvice: '' }

/** Reads a recorded stream through the very code of the adapters, its bytes in the given pieces. */
function read(recorded: Recorded, pieces: Uint8Array[]): Promise<ModelEvent[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })
  return collect(
    streamMessage({
      provider: words,
      keys: [],
      assembler: assemblerFor(recorded.api),
      idleMs: 5_000,
      signal: new AbortController().signal,
      readFault: () => undefined,
      send: async () => new Response(body),
    }),
  )
}

/** Empty arguments stand for `{}`; the recorded expectation writes them so. */
const orEmptyObject = (text: string) => (text === '' ? '{}' : text)

function expectRecorded(events: ModelEvent[], { api, expected }: Recorded) {
  const said = summaryOf(events)
  expect(said.broken).toBeUndefined()
  expect(said.text).toBe(expected.text)
  expect(said.calls.map((call) => ({ ...call, argumentsText: orEmptyObject(call.argumentsText) }))).toEqual(
    expected.calls.map(({ id, name, arguments: argumentsText }) => ({ id, tool: name, argumentsText })),
  )
  expect(said.incomplete).toEqual([])
  expect(said.stopReason).toBe('calls')
  expect(said.usage).toMatchObject(figures(api, expected.usage ?? {}))
}

function figures(api: Recorded['api'], usage: Record<string, unknown>) {
  const of = (name: string) => (typeof usage[name] === 'number' ? usage[name] : 0)
  if (api === 'openai-chat') return { inputTokens: of('prompt_tokens'), outputTokens: of('completion_tokens') }
  const cache = of('cache_read_input_tokens') + of('cache_creation_input_tokens')
  return { inputTokens: of('input_tokens') + cache, outputTokens: of('output_tokens') }
}

const recorded = recordedStreams()

test('every recorded stream of the fixtures is read', () => {
  expect(recorded.length).toBe(21)
  expect(new Set(recorded.map(({ api }) => api)).size).toBe(3)
})

describe.each(recorded)('$name', (stream) => {
  test('comes out as recorded when it comes whole', async () => {
    expectRecorded(await read(stream, [stream.bytes]), stream)
  })

  test('comes out the same byte by byte', async () => {
    const bytes = Array.from(stream.bytes, (_byte, at) => stream.bytes.subarray(at, at + 1))
    expect(await read(stream, bytes)).toEqual(await read(stream, [stream.bytes]))
  })

  test('comes out the same in any pieces', async () => {
    const whole = await read(stream, [stream.bytes])
    const cuts = fc.array(fc.nat(stream.bytes.length), { maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(cuts, async (places) => {
        const sorted = [0, ...places.sort((one, other) => one - other), stream.bytes.length]
        const pieces = sorted.slice(1).map((end, at) => stream.bytes.subarray(sorted[at], end))
        expect(await read(stream, pieces)).toEqual(whole)
      }),
      { numRuns: 10 },
    )
  })

  test('cut anywhere before its end, it is broken and gives no call that the whole does not give', async () => {
    const whole = summaryOf(await read(stream, [stream.bytes]))
    await fc.assert(
      fc.asyncProperty(fc.nat(Math.floor(stream.bytes.length * 0.9)), async (end) => {
        const cut = summaryOf(await read(stream, [stream.bytes.subarray(0, end)]))
        expect(whole.calls.slice(0, cut.calls.length)).toEqual(cut.calls)
        if (cut.last === 'broken') expect(cut.broken?.retry).toBe(true)
        else expect(cut.calls).toEqual(whole.calls)
      }),
      { numRuns: 20 },
    )
  })

  test('gives each call no later than the event that makes its arguments final', () => {
    const assembler = assemblerFor(stream.api)
    const data = dataOf(stream)
    const givenAt = data.flatMap((event, at) =>
      assembler.push(event).flatMap((said) => (said.type === 'call' ? [{ at, text: said.argumentsText }] : [])),
    )
    for (const [place, { at, text }] of givenAt.entries()) {
      const final = stream.expected.calls[place]?.arguments_complete_at_event ?? -1
      // An empty block may have been cut off: whether it was is known one event later.
      expect(at).toBeLessThanOrEqual(text === '' ? final + 1 : final)
    }
  })

  test('mutated bytes neither throw nor hang, and end with one last event', async () => {
    const change = fc.tuple(fc.nat(stream.bytes.length - 1), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const bytes = stream.bytes.slice()
        for (const [at, byte] of changes) bytes[at] = byte
        const events = await read(stream, [bytes])
        expect(['finished', 'broken']).toContain(events.at(-1)?.type)
        expect(events.filter(({ type }) => type === 'finished' || type === 'broken')).toHaveLength(1)
      }),
      { numRuns: 20 },
    )
  })
})

function dataOf({ bytes }: Recorded): unknown[] {
  const lines = new TextDecoder().decode(bytes).split('\n')
  return lines
    .filter((line) => line.startsWith('data: ') && line !== 'data: [DONE]')
    .map((line) => JSON.parse(line.slice(6)))
}

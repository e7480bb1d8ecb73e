import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EventLog } from '../engine/ports.ts'
import { aSpec, finished, numbered, started, text } from '../testing/logEvents.ts'
import { onEachStore } from '../testing/stores.ts'
import { createMemoryEventLog } from './memoryEventLog.ts'

// What every log promises, held by each of them.
describe('the log in memory', () => promises(async () => createMemoryEventLog()))
onEachStore((_kind, open) => {
  promises(async () => (await open()).log)

  test('what is offered again since the answer to its commit was lost, is stored once', async () => {
    const { log } = await open()
    const spec = aSpec('run-1')
    for (let times = 0; times < 2; times++) await log.create(spec, numbered([started(spec)]), 'running')
    const piece = numbered([text('a'), text('b')], 2)
    await log.append('run-1', piece, 'running')
    await log.append('run-1', piece, 'running')
    await expect(log.append('run-1', numbered([text('a'), text('x')], 2), 'running')).rejects.toThrow('run-1')
    expect((await log.read('run-1', 1)).map(({ seq }) => seq)).toEqual([2, 3])
  })
})

function promises(open: () => Promise<EventLog>) {
  const spec = aSpec('run-1')
  const begin = async (log: EventLog) => log.create(spec, numbered([started(spec)]), 'running')
  const never = new AbortController().signal

  test('gives back what was stored, in order, whole', async () => {
    const log = await open()
    const odd = {
      type: 'call.succeeded',
      call: 1,
      result: { 'a\u0000b': '\ud800', ['__proto__']: [null, 1e300] },
    } as const
    const events = numbered([started(spec), { ...odd, durationMs: 1.25 }, finished()])
    await log.create(spec, events, 'succeeded')
    expect(await log.read('run-1', 0)).toEqual(events)
    expect(await log.read('run-1', 1)).toEqual(events.slice(1))
    expect(await log.read('run-2', 0)).toEqual([])
  })

  test('refuses a gap and a repeat, and stores nothing of them', async () => {
    const log = await open()
    await begin(log)
    await expect(log.append('run-1', numbered([text('late')], 3), 'running')).rejects.toThrow('run-1')
    await expect(log.append('run-1', numbered([text('again')], 1), 'running')).rejects.toThrow('run-1')
    await expect(log.append('run-2', numbered([text('no run')], 2), 'running')).rejects.toThrow('run-2')
    const [two, three] = numbered([text('b'), text('c')], 2)
    if (!two || !three) throw new Error('two events were made')
    await expect(log.append('run-1', [three, two], 'running')).rejects.toThrow('stands where')
    await expect(log.create(spec, numbered([started(spec), text('more')]), 'running')).rejects.toThrow()
    expect(await log.read('run-1', 0)).toHaveLength(1)
  })

  test('stores appends in the order they were made, without waiting for each', async () => {
    const log = await open()
    await begin(log)
    const appends = Array.from({ length: 300 }, (_, index) =>
      log.append('run-1', numbered([text(`${index}`)], index + 2), 'running'),
    )
    await appends.at(-1)
    expect((await log.read('run-1', 0)).map((event) => event.seq)).toEqual(
      Array.from({ length: 301 }, (_, index) => index + 1),
    )
    await Promise.all(appends)
  })

  test('a fault of one run does not keep back another that was written with it', async () => {
    const log = await open()
    await begin(log)
    const other = aSpec('run-2')
    const outcomes = await Promise.allSettled([
      log.append('run-1', numbered([text('a gap')], 9), 'running'),
      log.create(other, numbered([started(other)]), 'running'),
      log.append('run-2', numbered([finished()], 2), 'succeeded'),
    ])
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
    expect(await log.read('run-2', 0)).toHaveLength(2)
  })

  test('whatever is appended at once, exactly what was acknowledged can be read, in order and without a gap', async () => {
    const append = fc.record({
      run: fc.constantFrom('a', 'b'),
      events: fc.integer({ min: 1, max: 3 }),
      // Mostly where the log should go on; sometimes too early or too late.
      shift: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(-1, 1, 5) }),
      wait: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(append, { maxLength: 25 }), async (appends) => {
        const log = await open()
        const acknowledged: Record<string, string[]> = { a: [], b: [] }
        const next: Record<string, number> = { a: 2, b: 2 }
        for (const run of ['a', 'b']) await log.create(aSpec(run), numbered([started(aSpec(run))]), 'running')
        const pending: Promise<unknown>[] = []
        for (const [number, { run, events, shift, wait }] of appends.entries()) {
          const words = Array.from({ length: events }, (_, index) => `${number}.${index}`)
          const first = (next[run] as number) + shift
          if (shift === 0) next[run] = first + events
          const appending = log.append(run, numbered(words.map(text), first), 'running').then(
            () => acknowledged[run]?.push(...words),
            () => {},
          )
          pending.push(appending)
          if (wait) await appending
        }
        await Promise.all(pending)
        for (const run of ['a', 'b']) {
          const stored = await log.read(run, 1)
          expect(stored.map((event) => (event.type === 'text.delta' ? event.text : ''))).toEqual(acknowledged[run])
          expect(stored.map((event) => event.seq)).toEqual(stored.map((_, index) => index + 2))
        }
      }),
      { numRuns: 10 },
    )
  })

  test('a reader gets the stored events, then those to come, and ends with the run', async () => {
    const log = await open()
    await begin(log)
    const seen: number[] = []
    const reading = (async () => {
      for await (const page of log.tail('run-1', 0, never)) seen.push(...page.map((event) => event.seq))
    })()
    await log.append('run-1', numbered([text('a'), text('b')], 2), 'running')
    await log.append('run-1', numbered([text('c')], 4), 'running')
    await log.append('run-1', numbered([finished()], 5), 'succeeded')
    await reading
    expect(seen).toEqual([1, 2, 3, 4, 5])
  })

  test('readers that come at any time see every event once', async () => {
    const log = await open()
    await begin(log)
    const last = 400
    const read = async (after: number) => {
      const seen: number[] = []
      for await (const page of log.tail('run-1', after, never)) seen.push(...page.map((event) => event.seq))
      return seen
    }
    const readers = [read(0)]
    for (let seq = 2; seq <= last; seq++) {
      const append = log.append('run-1', numbered([seq === last ? finished() : text('x')], seq), 'running')
      if (seq % 40 === 0) readers.push(read(0), read(seq - 7))
      if (seq % 3 === 0) await append
    }
    for (const [index, seen] of (await Promise.all(readers)).entries()) {
      const first = seen[0] ?? 0
      expect(seen, `reader ${index}`).toEqual(Array.from({ length: last - first + 1 }, (_, at) => first + at))
    }
  })

  test('a reader of a finished run that has it all ends at once', async () => {
    const log = await open()
    await log.create(spec, numbered([started(spec), finished()]), 'succeeded')
    for (const after of [2, 7]) for await (const page of log.tail('run-1', after, never)) expect(page).toEqual([])
  })

  test('a reader stops when its signal aborts', async () => {
    const log = await open()
    await begin(log)
    const leaving = new AbortController()
    const reading = (async () => {
      for await (const _page of log.tail('run-1', 0, leaving.signal)) setTimeout(() => leaving.abort(), 5)
    })()
    await reading
    expect(leaving.signal.aborted).toBe(true)
  })
}

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameOf, type Plot, plots, referenceOf, sceneOf } from '../testing/plots.ts'
import { runWith } from '../testing/runWith.ts'

// The rules of contract 3 once more, written as slowly and plainly as possible, against the engine on a clock turned by hand.

test('every call starts at the first moment it may, or is skipped, over random graphs, orders, durations and failures', async () => {
  await fc.assert(
    fc.asyncProperty(plots, async (plot) => {
      const expected = expectedOf(plot)
      const run = await runWith(sceneOf(plot))
      expect(run.run.status).toBe('succeeded')
      run.run.calls.forEach((call, index) => {
        expect({ call: call.call, status: call.status, startedAt: call.startedAt, endedAt: call.finishedAt }).toEqual({
          call: call.call,
          ...expected[index],
        })
        expect(run.terminals(call.call)).toBe(1)
      })
      const results = run.requests[1]?.messages.at(-1)
      expect(results?.role === 'results' && results.results.map((result) => result.id)).toEqual(
        plot.emissions.map((_, index) => `given_1_${index + 1}`),
      )
    }),
    { numRuns: 150 },
  )
}, 60_000)

test('with few places nothing runs beyond them, no dependent starts early, and no place stays empty while a call is ready', async () => {
  await fc.assert(
    fc.asyncProperty(plots, fc.integer({ min: 1, max: 3 }), async (plot, places) => {
      const run = await runWith(sceneOf(plot, places))
      const calls = run.run.calls.filter((call) => call.startedAt !== null)
      for (const call of calls) {
        const at = call.startedAt as number
        const beside = calls.filter(
          (other) => other !== call && (other.startedAt as number) <= at && (other.finishedAt as number) > at,
        )
        expect(beside.length).toBeLessThan(places)
        for (const before of call.waitsFor) expect(run.endOf(before)).toBeLessThanOrEqual(at)
        // Between the moment it could have started and the moment it did, every place was taken.
        const ready = Math.max(releaseOf(plot, call.call - 1), ...call.waitsFor.map((before) => run.endOf(before) ?? 0))
        for (let moment = ready; moment < at; moment++) {
          expect(
            calls.filter((other) => (other.startedAt as number) <= moment && (other.finishedAt as number) > moment)
              .length,
          ).toBe(places)
        }
      }
    }),
    { numRuns: 100 },
  )
}, 60_000)

/** When a call may start at the earliest for the model's sake. */
function releaseOf(plot: Plot, index: number): number {
  const { tool } = plot.emissions[index] as Plot['emissions'][number]
  const emittedAt = plot.emissions.slice(0, index + 1).reduce((sum, emission) => sum + emission.afterMs, 0)
  const endedAt = plot.emissions.reduce((sum, emission) => sum + emission.afterMs, 7)
  const reference = referenceOf(plot, index)
  const leading = plot.edges.filter((edge) => edge.to === nameOf(tool) && edge.from !== edge.to)
  const isClosed = leading.every(
    (edge) => reference !== null && edge.from === nameOf(plot.emissions[reference]?.tool ?? -1) && edge.kind === 'data',
  )
  return plot.hinted[tool] && isClosed ? emittedAt : endedAt
}

function waitsOf(plot: Plot, index: number): { on: number; skips: boolean }[] {
  const { tool } = plot.emissions[index] as Plot['emissions'][number]
  const reference = referenceOf(plot, index)
  const callsOf = (name: string) =>
    plot.emissions.flatMap((emission, at) => (nameOf(emission.tool) === name ? [at] : []))
  const before = (name: string): number[] =>
    callsOf(name).length > 0
      ? callsOf(name)
      : plot.edges.filter((edge) => edge.to === name && edge.from !== edge.to).flatMap((edge) => before(edge.from))
  return plot.edges
    .filter((edge) => edge.to === nameOf(tool))
    .flatMap((edge) => {
      if (reference !== null && edge.kind === 'data' && edge.from === nameOf(plot.emissions[reference]?.tool ?? -1))
        return [{ on: reference, skips: true }]
      return edge.from === edge.to ? [] : before(edge.from).map((on) => ({ on, skips: edge.onFailure === 'skip' }))
    })
}

interface Outcome {
  status: string
  startedAt: number | null
  endedAt: number
}

function expectedOf(plot: Plot): Outcome[] {
  const known = new Map<number, Outcome>()
  const endOf = (index: number): Outcome => {
    const found = known.get(index)
    if (found) return found
    const release = releaseOf(plot, index)
    const waits = waitsOf(plot, index).map(({ on, skips }) => ({ ...endOf(on), skips }))
    const forbidding = waits.filter((wait) => wait.skips && wait.status !== 'succeeded')
    const startedAt = Math.max(release, ...waits.map((wait) => wait.endedAt))
    const { ms, fails } = plot.emissions[index] as Plot['emissions'][number]
    const outcome =
      forbidding.length > 0
        ? {
            status: 'skipped',
            startedAt: null,
            endedAt: Math.max(release, Math.min(...forbidding.map((wait) => wait.endedAt))),
          }
        : { status: fails ? 'failed' : 'succeeded', startedAt, endedAt: startedAt + ms }
    known.set(index, outcome)
    return outcome
  }
  return plot.emissions.map((_, index) => endOf(index))
}

import { expect, test } from 'vitest'
import { manualClock } from '../testing/manualClock.ts'
import { aFlow, runWith } from '../testing/runWith.ts'
import type { Progress } from './ports.ts'
import { createProgress } from './progress.ts'

async function told(
  act: (report: (one: Progress) => void, after: (ms: number, then: () => void) => void, stop: () => void) => void,
) {
  const clock = manualClock()
  const seen: { at: number; told: Progress }[] = []
  const progress = createProgress(clock, (one) => seen.push({ at: clock.now(), told: one }))
  act(progress.report, (ms, then) => void clock.after(ms, then), progress.stop)
  await clock.run()
  return seen
}

test('what a call tells comes at most ten times a second, and the last of it always comes', async () => {
  const seen = await told((report, after) => {
    for (let step = 0; step <= 250; step++) after(step, () => report({ progress: step, total: 250 }))
  })
  expect(seen.map(({ told }) => told.progress)).toEqual([0, 100, 200, 250])
  for (const [index, one] of seen.entries())
    if (index > 0) expect(one.at - (seen[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(100)
})

test('a sentence is not lost to the number that follows it', async () => {
  const seen = await told((report) => {
    report({ progress: 1 })
    report({ message: 'half way' })
    report({ progress: 2 })
  })
  expect(seen.map(({ told }) => told)).toEqual([{ progress: 1 }, { message: 'half way', progress: 2 }])
})

test('nothing is told after the end', async () => {
  const seen = await told((report, after, stop) => {
    report({ progress: 1 })
    report({ progress: 2 })
    after(50, stop)
    after(60, () => report({ progress: 3 }))
  })
  expect(seen.map(({ told }) => told)).toEqual([{ progress: 1 }])
})

test('a run shows how far its calls are, and the model reads what a result is shown as', async () => {
  const run = await runWith({
    flow: aFlow(['map']),
    turns: [{ calls: [{ tool: 'map', arguments: {} }] }, { text: 'There it is.' }],
    tools: {
      map: {
        ms: 250,
        reports: [{ message: 'drawing', progress: 1, total: 2 }],
        outcome: { ok: true, result: { content: [{ type: 'image', data: 'AAAA' }] }, shown: '[image]' },
      },
    },
  })
  expect(run.of('call.progress')).toMatchObject([{ call: 1, message: 'drawing', progress: 1, total: 2 }])
  expect(run.run.calls[0]).toMatchObject({
    status: 'succeeded',
    progress: { message: 'drawing', progress: 1, total: 2 },
    result: { content: [{ type: 'image', data: 'AAAA' }] },
    shown: '[image]',
  })
  expect(run.requests.at(-1)?.messages.at(-1)).toMatchObject({ role: 'results', results: [{ text: '[image]' }] })
})

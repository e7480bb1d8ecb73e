import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import type { Flow, Tool } from '../../../shared/src/flow/flow.ts'
import type { RunEvent, RunFact } from '../../../shared/src/run/events.ts'
import { runFromEvents } from '../../../shared/src/run/state.ts'
import { summaryOf } from '../../../shared/src/trace/summary.ts'
import { type Cost, startBrowser, withPage } from '../canvas/browser.ts'
import { buildPages } from '../canvas/pages.ts'
import { SCENE } from '../canvas/scene.ts'
import { startSceneServer } from '../canvas/sceneServer.ts'
import { table } from '../table.ts'

/** What a frame of the timeline cost while one moved through a run of so many calls. */
export interface TimelineSample {
  scene: string
  calls: number
  /** For each frame; for the knob of What if, for each step of it. */
  cost: Cost
}

const CALLS = 1000
const FRAMES = 120

/** A finished run of a thousand calls, scrolled, zoomed, moved along its time, gone through by keys, closed into groups, and played again. */
export async function measureTimeline(): Promise<TimelineSample[]> {
  const server = await startSceneServer(await buildPages())
  const browser = await startBrowser()
  try {
    server.play(timelineFlow(), timelineEvents(CALLS))
    return await withPage(browser, async (page, meter) => {
      await page.goto(`${server.origin}/runs/${SCENE}`)
      await page.locator('[data-span]').first().waitFor()
      await sleep(1000)
      const samples: TimelineSample[] = []
      const measured = async (scene: string, act: () => Promise<void>, units = FRAMES) => {
        const { script, main, processes } = await meter.costOf(act)
        const cost = { script: script / units, main: main / units, processes: processes / units }
        samples.push({ scene, calls: CALLS, cost })
      }
      for (const scene of ['scroll', 'zoom', 'pan', 'keys'] as const) await measured(scene, () => move(page, scene))
      await page.getByRole('button', { name: 'By tool' }).click()
      await page.getByRole('button', { name: 'Close all groups' }).click()
      await measured('zoom, groups closed', () => move(page, 'zoom'))
      await page.getByRole('tab', { name: 'What if' }).click()
      await page.getByRole('slider', { name: 'Average, slider' }).first().focus()
      await sleep(1000)
      await measured('a step of a knob of What if', () => turnKnob(page, 20), 20)
      return samples
    })
  } finally {
    await browser.close()
    server.close()
  }
}

export function timelineTable(samples: readonly TimelineSample[]): string {
  return table(
    ['scene', 'calls', 'script ms', 'main thread ms', 'processes ms'],
    samples.map(({ scene, calls, cost }) => [
      scene,
      String(calls),
      ...[cost.script, cost.main, cost.processes].map((ms) => ms.toFixed(1)),
    ]),
  )
}

async function turnKnob(page: Page, steps: number): Promise<void> {
  for (let step = 0; step < steps; step++) {
    await page.keyboard.press('ArrowRight')
    await sleep(50)
  }
}

/** One movement in every frame. */
function move(page: Page, how: 'scroll' | 'zoom' | 'pan' | 'keys'): Promise<void> {
  return page.evaluate(
    ({ how, frames }) =>
      new Promise<void>((resolve) => {
        const tree = document.querySelector('[role="tree"]') as HTMLElement
        const box = tree.parentElement as HTMLElement
        const { x, y } = box.getBoundingClientRect()
        const at = { clientX: x + 700, clientY: y + 100, bubbles: true, cancelable: true }
        let frame = 0
        const next = () => {
          if (frame === frames) return resolve()
          const way = frame++ % 60 < 30 ? 1 : -1
          if (how === 'scroll') box.scrollTop += 60
          else if (how === 'zoom')
            box.dispatchEvent(new WheelEvent('wheel', { deltaY: -40 * way, ctrlKey: true, ...at }))
          else if (how === 'pan') box.dispatchEvent(new WheelEvent('wheel', { deltaX: 20 * way, ...at }))
          else tree.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }))
          requestAnimationFrame(next)
        }
        requestAnimationFrame(next)
      }),
    { how, frames: FRAMES },
  )
}

const TOOLS = ['geocode', 'forecast', 'score']
const EVERY_MS = 5
const LENGTHS_MS = [200, 350, 120]

function timelineFlow(): Flow {
  return {
    format: 'volley.flow/1',
    name: 'A thousand calls',
    description: '',
    agent: {
      provider: 'simulated',
      model: 'simulated-1',
      limits: { calls: CALLS, callsPerTurn: CALLS, concurrency: 64 },
    },
    tools: TOOLS.map(
      (name): Tool => ({
        name,
        parameters: { type: 'object' },
        annotations: { readOnlyHint: true },
        run: { kind: 'mock' },
      }),
    ),
    edges: [{ from: 'geocode', to: 'forecast', kind: 'order' }],
    layout: {},
    notes: [],
  }
}

/** A call every few milliseconds, each started at once, and its end; then the answer. */
function timelineEvents(calls: number): RunEvent[] {
  const facts: [number, RunFact][] = [
    [
      0,
      {
        type: 'run.started',
        runId: SCENE,
        flow: { id: SCENE, name: 'A thousand calls', version: 1 },
        input: 'Look everything up.',
        parallelism: 'graph',
        provider: 'simulated',
        model: 'simulated-1',
      },
    ],
    [0, { type: 'turn.started', turn: 1 }],
  ]
  for (let call = 1; call <= calls; call++) {
    const at = call * EVERY_MS
    const kind = call % TOOLS.length
    const durationMs = LENGTHS_MS[kind] ?? 0
    facts.push(
      [
        at,
        {
          type: 'call.emitted',
          turn: 1,
          call,
          id: `c${call}`,
          tool: TOOLS[kind] ?? '',
          arguments: { city: `City ${call}` },
        },
      ],
      [at, { type: 'call.started', call, attempt: 1, arguments: { city: `City ${call}` }, eager: true }],
      [at + durationMs, { type: 'call.succeeded', call, result: { n: call }, durationMs }],
    )
  }
  const usage = { inputTokens: 4000, outputTokens: 900 }
  const over = (calls + 1) * EVERY_MS
  const end = over + Math.max(...LENGTHS_MS)
  facts.push(
    [over, { type: 'message.finished', turn: 1, usage, stopReason: 'calls' }],
    [end, { type: 'turn.finished', turn: 1, usage, stopReason: 'calls' }],
  )
  const events = facts
    .sort(([one], [other]) => one - other)
    .map(([at, fact], index): RunEvent => ({ ...fact, at, seq: index + 1 }))
  const summary = summaryOf(runFromEvents(events), end)
  const last: RunFact = { type: 'run.finished', status: 'succeeded', output: 'Done.', usage, costUsd: null, summary }
  return [...events, { ...last, at: end, seq: events.length + 1 }]
}

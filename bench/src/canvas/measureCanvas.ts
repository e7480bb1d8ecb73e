import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from '@playwright/test'
import { type Cost, startBrowser, withPage } from './browser.ts'
import { buildPages } from './pages.ts'
import { openingEvents, SCENE, sceneFlow, sourcesIn, tickEvents } from './scene.ts'
import { type SceneServer, startSceneServer } from './sceneServer.ts'

/** `canvas` is Volley with playground and timeline folded away: like the bare page, it draws the flow and nothing else. */
export type Who = 'volley' | 'canvas' | 'bare'
/** One measurement of one scene: what each unit (a tick, a frame, an opening) cost. */
export interface CanvasSample {
  scene: 'ticks' | 'pan' | 'open'
  who: Who
  tools: number
  cost: Cost
}

export interface CanvasExtent {
  repetitions: number
  ticks: number
  frames: number
}

const EVERY_MS = 100
const CHANGES = 50
const WARM_TICKS = 20

/** Every scene on every page, taking turns, each in a page of its own. */
export async function measureCanvas(
  { repetitions, ticks, frames }: CanvasExtent,
  { only, onSample }: { only?: RegExp; onSample?: (sample: CanvasSample) => void } = {},
): Promise<CanvasSample[]> {
  const server = await startSceneServer(await buildPages())
  const browser = await startBrowser()
  const stage: Stage = { server, browser }
  const jobs: [name: string, () => Promise<CanvasSample>][] = [
    ['ticks volley 100', () => measureTicks(stage, 'volley', 100, ticks)],
    ['ticks volley 1000', () => measureTicks(stage, 'volley', 1000, ticks)],
    ['ticks canvas 1000', () => measureTicks(stage, 'canvas', 1000, ticks)],
    ['ticks bare 1000', () => measureTicks(stage, 'bare', 1000, ticks)],
    ['pan volley', () => measurePan(stage, 'volley', frames)],
    ['pan bare', () => measurePan(stage, 'bare', frames)],
    ['open volley', () => measureOpening(stage, 'volley')],
    ['open bare', () => measureOpening(stage, 'bare')],
  ]
  const samples: CanvasSample[] = []
  try {
    for (let turn = 0; turn < repetitions; turn++)
      for (const [name, job] of jobs) {
        if (only && !only.test(name)) continue
        const sample = await job()
        samples.push(sample)
        onSample?.(sample)
      }
    return samples
  } finally {
    await browser.close()
    server.close()
  }
}

interface Stage {
  server: SceneServer
  browser: Browser
}

/** A run goes on: fifty calls change their state every 100 ms. */
export async function measureTicks(
  { server, browser }: Stage,
  who: Who,
  tools: number,
  ticks: number,
  profile?: (profile: unknown) => void,
): Promise<CanvasSample> {
  const flow = sceneFlow(tools, Math.round(tools * 1.6))
  const ticking = { sources: sourcesIn(flow), changes: CHANGES, every: EVERY_MS }
  server.play(flow, openingEvents(flow))
  return withPage(browser, async (page, meter) => {
    if (who === 'canvas') await page.addInitScript(foldAway)
    await page.goto(addressOf(server, who, '?run=scene'))
    await usable(page, tools)
    let tick = 0
    const go = async (count: number) => {
      for (let left = count; left > 0; left--) {
        server.push(tickEvents(tick++, ticking))
        await sleep(EVERY_MS)
      }
    }
    await go(WARM_TICKS)
    if (profile) profile(await meter.profile(() => go(ticks)))
    const cost = await meter.costOf(() => go(ticks))
    return { scene: 'ticks', who, tools, cost: perUnit(cost, ticks) }
  })
}

/** The drawing is moved by the wheel, a little in every frame, all tools in sight. */
export async function measurePan({ server, browser }: Stage, who: Who, frames: number): Promise<CanvasSample> {
  const tools = 500
  server.play(sceneFlow(tools, 800))
  return withPage(browser, async (page, meter) => {
    await page.goto(addressOf(server, who))
    await usable(page, tools)
    await sleep(1000)
    const pan = (count: number) => page.evaluate(panBy, count)
    await pan(20)
    const cost = await meter.costOf(() => pan(frames))
    return { scene: 'pan', who, tools, cost: perUnit(cost, frames) }
  })
}

/** From an address to a flow that is drawn, fitted into sight and takes a selection. */
export async function measureOpening({ server, browser }: Stage, who: Who): Promise<CanvasSample> {
  const tools = 500
  server.play(sceneFlow(tools, 800))
  return withPage(browser, async (page, meter) => {
    const cost = await meter.costOf(async () => {
      await page.goto(addressOf(server, who))
      await usable(page, tools)
    })
    return { scene: 'open', who, tools, cost }
  })
}

const addressOf = (server: SceneServer, who: Who, search = '') =>
  who === 'bare' ? `${server.origin}/bare/${SCENE}${search}` : `${server.origin}/flows/${SCENE}`

/** Runs in the page, before it begins: what someone leaves behind who drags the line under the canvas down to the bottom. */
function foldAway(): void {
  localStorage.setItem('react-resizable-panels:volley.rows', JSON.stringify({ drawing: 100, running: 0 }))
}

/** Waits until every tool is drawn in its place, the view fits them, and the page has come to rest. */
async function usable(page: Page, tools: number): Promise<void> {
  await page.waitForFunction(
    (count) => {
      const nodes = document.querySelectorAll<HTMLElement>('.react-flow__node')
      const view = document.querySelector<HTMLElement>('.react-flow__viewport')?.style.transform ?? ''
      return nodes.length === count && nodes[count - 1]?.style.visibility === 'visible' && !view.endsWith('scale(1)')
    },
    tools + 1,
    { polling: 50, timeout: 180_000 },
  )
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 5000 })))
}

/** Runs in the page: a wheel event in each frame, there and back again. */
function panBy(frames: number): Promise<void> {
  const pane = document.querySelector('.react-flow__pane') as HTMLElement
  const box = pane.getBoundingClientRect()
  const at = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 }
  return new Promise((resolve) => {
    let frame = 0
    const next = () => {
      if (frame === frames) return resolve()
      const way = frame++ % 40 < 20 ? 6 : -6
      pane.dispatchEvent(
        new WheelEvent('wheel', { deltaX: way, deltaY: way / 2, bubbles: true, cancelable: true, ...at }),
      )
      requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
  })
}

const perUnit = ({ script, main, processes }: Cost, units: number): Cost => ({
  script: script / units,
  main: main / units,
  processes: processes / units,
})

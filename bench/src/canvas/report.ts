import type { Goal } from '../goals.ts'
import { median } from '../measure.ts'
import { table } from '../table.ts'
import type { Cost } from './browser.ts'
import type { Chunk } from './firstLoad.ts'
import type { CanvasSample } from './measureCanvas.ts'

/** All that was measured of the page. */
export interface CanvasResults {
  samples: CanvasSample[]
  chunks: Chunk[]
}

const FIRST_LOAD_KIB = 300

export function canvasGoals({ samples, chunks }: CanvasResults): Goal[] {
  const of = (scene: string, who: string, tools: number, pick: (cost: Cost) => number) =>
    median(
      samples
        .filter((one) => one.scene === scene && one.who === who && one.tools === tools)
        .map((one) => pick(one.cost)),
    )
  const script = (who: string, tools: number) => of('ticks', who, tools, (cost) => cost.script)
  const ratio = (what: string, value: number, most: number): Goal[] =>
    Number.isFinite(value)
      ? [{ what, goal: `≤ ${most}×`, measured: `${value.toFixed(2)}×`, reached: value <= most }]
      : []
  const first = firstKib(chunks)
  return [
    ...ratio('script a tick, 1,000 tools ÷ 100', script('volley', 1000) / script('volley', 100), 1.5),
    ...ratio(
      'script a tick of the canvas, 1,000 tools ÷ status in the nodes',
      script('canvas', 1000) / script('bare', 1000),
      0.4,
    ),
    ...ratio(
      'CPU a frame, panning 500 tools ÷ bare',
      of('pan', 'volley', 500, (cost) => cost.processes) / of('pan', 'bare', 500, (cost) => cost.processes),
      1.2,
    ),
    ...ratio(
      'CPU to open 500 tools and 800 edges ÷ bare',
      of('open', 'volley', 500, (cost) => cost.main) / of('open', 'bare', 500, (cost) => cost.main),
      1.5,
    ),
    {
      what: 'first load, KiB gzip',
      goal: `≤ ${FIRST_LOAD_KIB}`,
      measured: first.toFixed(0),
      reached: first <= FIRST_LOAD_KIB,
    },
  ]
}

/** The medians of every scene, and what the page is made of. */
export function canvasParts({ samples, chunks }: CanvasResults): string[] {
  const groups = Map.groupBy(samples, ({ scene, who, tools }) => `${SCENES[scene]}, ${tools} tools | ${who}`)
  const rows = [...groups].map(([name, those]) => {
    const middle = (pick: (cost: Cost) => number) => median(those.map(({ cost }) => pick(cost))).toFixed(2)
    const each = those.map(({ cost }) => cost.main.toFixed(1)).join(', ')
    const [scene = '', who = ''] = name.split(' | ')
    return [
      scene,
      who,
      middle((cost) => cost.script),
      middle((cost) => cost.main),
      middle((cost) => cost.processes),
      each,
    ]
  })
  const files = chunks.map(({ file, gzipKib, isFirst, holds }) => [
    file.replace(/-[\w-]{8}(?=\.)/, ''),
    isFirst ? 'first' : 'when needed',
    gzipKib.toFixed(1),
    holds.join(', '),
  ])
  return [
    `## The page, CPU ms\n\n${table(['scene', '', 'script', 'main thread', 'processes', 'main thread, each time'], rows)}`,
    `## What the page loads\n\n${table(['file', 'loaded', 'KiB gzip', 'holds, the largest first'], files)}`,
  ]
}

const SCENES = { ticks: 'a tick', pan: 'a frame of panning', open: 'opening' }

const firstKib = (chunks: readonly Chunk[]) =>
  chunks.filter((chunk) => chunk.isFirst).reduce((sum, chunk) => sum + chunk.gzipKib, 0)

import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { startChild } from './asking.ts'
import { measureBrokenCalls } from './brokenCall.ts'
import { chunksOfPage } from './canvas/firstLoad.ts'
import { measureCanvas } from './canvas/measureCanvas.ts'
import { FULL_FLEET, measureFleet, QUICK_FLEET } from './fleet/measureFleet.ts'
import { markdownOf, type Results } from './report.ts'
import { type Extent, sideBySide } from './sideBySide.ts'
import { measureStartLag } from './startLag.ts'
import { measurePredictions } from './trace/predictions.ts'
import { measureTimeline } from './trace/timeline.ts'

// One command: measures what is asked for, prints the tables, and keeps them with the date.

const MEASURES = ['sides', 'lag', 'broken', 'canvas', 'timeline', 'predictions', 'fleet']
const FULL: Extent = {
  seeds: 8,
  entries: 4,
  repetitions: 5,
  fanOuts: [10, 100, 1000],
  concurrentRuns: 200,
  concurrentRepetitions: 5,
}
const QUICK: Extent = { ...FULL, seeds: 2, entries: 1, repetitions: 1, concurrentRepetitions: 2 }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    repetitions: { type: 'string' },
    plans: { type: 'string' },
    only: { type: 'string' },
    systems: { type: 'string' },
    profile: { type: 'string' },
    'no-file': { type: 'boolean', default: false },
  },
})
const wanted = positionals.length > 0 ? positionals : MEASURES
const unknown = wanted.find((name) => !MEASURES.includes(name))
if (unknown !== undefined) {
  process.stderr.write(`There is no measure "${unknown}"; there are ${MEASURES.join(', ')}.\n`)
  process.exit(2)
}

const world = startChild(path.join(import.meta.dirname, 'world.ts'))
const results: Results = { date: new Date().toISOString().slice(0, 16).replace('T', ' '), machine: machineWords() }
if (wanted.includes('lag')) results.lag = await measureStartLag(world, { runs: values.quick ? 5 : 30 })
if (wanted.includes('broken')) results.broken = await measureBrokenCalls(world, { runs: values.quick ? 5 : 50 })
if (wanted.includes('sides'))
  results.sides = await sideBySide(world, extentOf(), {
    ...(values.profile ? { profileFolder: path.resolve(values.profile) } : {}),
    ...(values.systems ? { names: values.systems.split(',') } : {}),
    ...(values.only ? { only: new RegExp(values.only) } : {}),
  })
await world.stop()
if (wanted.includes('canvas'))
  results.canvas = {
    chunks: await chunksOfPage(),
    samples: await measureCanvas(
      { repetitions: Number(values.repetitions ?? (values.quick ? 1 : 5)), ticks: 40, frames: 120 },
      values.only ? { only: new RegExp(values.only) } : {},
    ),
  }
if (wanted.includes('timeline')) results.timeline = await measureTimeline()
if (wanted.includes('predictions')) results.predictions = await measurePredictions()
if (wanted.includes('fleet')) {
  const fleet = await measureFleet(values.quick ? QUICK_FLEET : FULL_FLEET)
  if (typeof fleet === 'string') process.stderr.write(`Servers that share a store were not measured: ${fleet}\n`)
  else results.fleet = fleet
}

const markdown = markdownOf(results)
process.stdout.write(markdown)
if (!values['no-file']) {
  const folder = path.join(import.meta.dirname, '../results')
  const name = path.join(folder, results.date.replace(' ', 'T').replace(':', ''))
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${name}.md`, markdown)
  writeFileSync(`${name}.json`, `${JSON.stringify(results, null, 1)}\n`)
  process.stderr.write(`Kept in ${path.relative(process.cwd(), name)}.md and .json\n`)
}
process.exit(0)

/** `--repetitions` and `--plans` (seeds, and entries of each data set) make it shorter or longer. */
function extentOf(): Extent {
  const extent = values.quick ? QUICK : FULL
  return {
    ...extent,
    ...(values.repetitions ? { repetitions: Number(values.repetitions) } : {}),
    ...(values.plans ? { seeds: Number(values.plans), entries: Number(values.plans) } : {}),
  }
}

/** What a reader must know to compare: the machine, the Node, the code, and whether something else was running. */
function machineWords(): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: import.meta.dirname, encoding: 'utf8' })
  const [load = 0] = os.loadavg()
  const cpus = os.cpus()
  return `${cpus.length} × ${cpus[0]?.model ?? 'unknown processor'}, ${os.type()}, Node ${process.versions.node}, commit ${commit.trim()}, load before it began ${load.toFixed(1)}`
}

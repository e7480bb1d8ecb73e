import { answerParent } from './asking.ts'

// Loaded into every process that is measured, before its own code (`--import`): the same meter for all.

/** What a process used between `meter.begin` and `meter.end`. */
export interface Used {
  /** User and system time together. */
  cpuMs: number
  /** The most memory held at once above that held at the beginning. */
  rssGrowthMb: number
  /** Objects still held at the end above those at the beginning, both after a garbage collection; null without one. */
  heapGrowthMb: number | null
}

const MB = 1024 * 1024
const SAMPLE_MS = 25

let cpu = process.cpuUsage()
let rss = 0
let peak = 0
let heap: number | null = null
let sampling: ReturnType<typeof setInterval> | undefined

answerParent({
  /** A collection also throws compiled code away, so it is left out where the time of one run is measured. */
  'meter.begin'({ collect }: { collect: boolean }) {
    if (collect) globalThis.gc?.()
    heap = collect ? process.memoryUsage().heapUsed : null
    rss = peak = process.memoryUsage.rss()
    sampling = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss())
    }, SAMPLE_MS)
    cpu = process.cpuUsage()
  },
  'meter.end'(): Used {
    const { user, system } = process.cpuUsage(cpu)
    clearInterval(sampling)
    peak = Math.max(peak, process.memoryUsage.rss())
    if (heap !== null) globalThis.gc?.()
    return {
      cpuMs: (user + system) / 1000,
      rssGrowthMb: (peak - rss) / MB,
      heapGrowthMb: heap === null ? null : (process.memoryUsage().heapUsed - heap) / MB,
    }
  },
})

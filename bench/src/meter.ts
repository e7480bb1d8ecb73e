import { answerParent } from './asking.ts'

// Loaded into every process that is measured, before its own code (`--import`): the same meter for all.

/** What a process used between `meter.begin` and `meter.end`. */
export interface Used {
  /** User and system time together. */
  cpuMs: number
  /** The most memory held at once above that held at the beginning. */
  rssGrowthMb: number
  /** Objects that are still held after a garbage collection, above those at the beginning. */
  heapGrowthMb: number
}

const MB = 1024 * 1024
const SAMPLE_MS = 25

let cpu = process.cpuUsage()
let rss = 0
let peak = 0
let heap = 0
let sampling: ReturnType<typeof setInterval> | undefined

answerParent({
  'meter.begin'() {
    globalThis.gc?.()
    heap = process.memoryUsage().heapUsed
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
    globalThis.gc?.()
    return {
      cpuMs: (user + system) / 1000,
      rssGrowthMb: (peak - rss) / MB,
      heapGrowthMb: (process.memoryUsage().heapUsed - heap) / MB,
    }
  },
})

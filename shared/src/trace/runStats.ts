import { mean, sum } from '../lib/numbers.ts'
import type { RunStatus } from '../run/events.ts'
import type { ToolDigest } from './digest.ts'

/** One finished run, as far as statistics look at it. */
export interface RunFacts {
  status: RunStatus
  version: number | null
  elapsedMs: number
  costUsd: number | null
  callsPerTurn: number
  tools: readonly ToolDigest[]
}

/** How a number went over runs. */
export interface Series {
  /** Oldest first, at most `MOST_POINTS`: the mean of as many runs as each stands for; null where none of them has the number. */
  points: (number | null)[]
  /** How many runs have the number. */
  count: number
  median: number | null
  /** A quarter of the runs lies below, a quarter above. */
  quartiles: [number, number] | null
}

export interface ToolStats {
  tool: string
  calls: number
  failed: number
  /** Of its calls, from 0 to 1. */
  failureRate: Series
  /** Milliseconds of one executed call. */
  latencyMs: Series
}

export interface RunNumbersStats {
  runs: number
  failed: number
  /** From start to end, of the runs that succeeded. */
  latencyMs: Series
  costUsd: Series
  callsPerTurn: Series
  /** Runs that failed, from 0 to 1. */
  failureRate: Series
}

export interface VersionStats extends RunNumbersStats {
  version: number
}

export interface RunStats extends RunNumbersStats {
  /** The tools with the most calls first. */
  tools: ToolStats[]
  /** The newest first. */
  versions: VersionStats[]
}

export const MOST_POINTS = 32
const MOST_TOOLS = 100
const MOST_VERSIONS = 50

/** The numbers of runs, given oldest first: over all of them, for each tool, and for each version. */
export function statsOf(runs: readonly RunFacts[]): RunStats {
  return { ...numbersOf(runs), tools: toolStats(runs), versions: versionStats(runs) }
}

function numbersOf(runs: readonly RunFacts[]): RunNumbersStats {
  return {
    runs: runs.length,
    failed: runs.filter(isFailed).length,
    // A run that fails at once is not a fast one.
    latencyMs: seriesOf(runs.map((run) => (run.status === 'succeeded' ? run.elapsedMs : null))),
    costUsd: seriesOf(runs.map((run) => run.costUsd)),
    // A run without calls has no volley to speak of.
    callsPerTurn: seriesOf(runs.map((run) => (run.callsPerTurn > 0 ? run.callsPerTurn : null))),
    failureRate: seriesOf(runs.map((run) => (isFailed(run) ? 1 : 0))),
  }
}

const isFailed = ({ status }: RunFacts) => status === 'failed'

function toolStats(runs: readonly RunFacts[]): ToolStats[] {
  const byName = Map.groupBy(
    runs.flatMap((run) => run.tools),
    ({ tool }) => tool,
  )
  return [...byName]
    .map(([tool, digests]) => ({
      tool,
      calls: sum(digests.map(({ calls }) => calls)),
      failed: sum(digests.map(({ failed }) => failed)),
      failureRate: seriesOf(digests.map(({ calls, failed }) => failed / calls)),
      latencyMs: seriesOf(digests.map(({ timed, totalMs }) => (timed > 0 ? totalMs / timed : null))),
    }))
    .sort((one, other) => other.calls - one.calls || (one.tool < other.tool ? -1 : 1))
    .slice(0, MOST_TOOLS)
}

function versionStats(runs: readonly RunFacts[]): VersionStats[] {
  const versions = new Set(runs.flatMap(({ version }) => (version === null ? [] : [version])))
  return [...versions]
    .sort((one, other) => other - one)
    .slice(0, MOST_VERSIONS)
    .map((version) => ({ version, ...numbersOf(runs.filter((run) => run.version === version)) }))
}

/** A number of each run as it went, in at most `MOST_POINTS` steps. */
export function seriesOf(values: readonly (number | null)[]): Series {
  const known = values.filter((value) => value !== null).sort((one, other) => one - other)
  const steps = Math.min(values.length, MOST_POINTS)
  const points = Array.from({ length: steps }, (_, step) => {
    const from = Math.floor((step * values.length) / steps)
    const to = Math.floor(((step + 1) * values.length) / steps)
    const inside = values.slice(from, to).filter((value) => value !== null)
    return inside.length === 0 ? null : mean(inside)
  })
  return {
    points,
    count: known.length,
    median: quantile(known, 0.5),
    quartiles: known.length === 0 ? null : [quantile(known, 0.25) as number, quantile(known, 0.75) as number],
  }
}

function quantile(sorted: readonly number[], share: number): number | null {
  if (sorted.length === 0) return null
  const at = (sorted.length - 1) * share
  const below = sorted[Math.floor(at)] as number
  const above = sorted[Math.ceil(at)] as number
  return below + (above - below) * (at - Math.floor(at))
}

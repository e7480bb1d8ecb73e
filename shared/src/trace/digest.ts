import type { RunState } from '../run/state.ts'
import type { Finding, FindingCode } from './findings/finding.ts'

/** What lists, filters and statistics need of a finished run, worked out once when it has ended. */
export interface RunDigest {
  elapsedMs: number
  costUsd: number | null
  callsPerTurn: number
  turns: number
  calls: number
  failedCalls: number
  inputTokens: number
  outputTokens: number
  tools: ToolDigest[]
  findings: { code: FindingCode; count: number; costMs: number }[]
}

export interface ToolDigest {
  tool: string
  calls: number
  failed: number
  /** How many of them were executed, and how long these took together. */
  timed: number
  totalMs: number
}

/** Null for a run that has not ended. Tools by name, findings in the order given. */
export function digestOf(run: RunState, findings: readonly Finding[]): RunDigest | null {
  const { summary, usage, costUsd } = run
  if (summary === null) return null
  return {
    elapsedMs: summary.elapsedMs,
    costUsd,
    callsPerTurn: summary.callsPerTurn,
    turns: run.turns.length,
    calls: summary.calls.total,
    failedCalls: summary.calls.failed,
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    tools: toolDigests(run),
    findings: findingDigests(findings),
  }
}

function toolDigests({ calls }: RunState): ToolDigest[] {
  const byName = new Map<string, ToolDigest>()
  for (const { tool, status, durationMs } of calls) {
    const digest = byName.get(tool) ?? { tool, calls: 0, failed: 0, timed: 0, totalMs: 0 }
    byName.set(tool, digest)
    digest.calls++
    if (status === 'failed') digest.failed++
    if (durationMs !== null) {
      digest.timed++
      digest.totalMs += durationMs
    }
  }
  return [...byName.values()].sort((one, other) => (one.tool < other.tool ? -1 : 1))
}

function findingDigests(findings: readonly Finding[]): RunDigest['findings'] {
  const byCode = new Map<FindingCode, { code: FindingCode; count: number; costMs: number }>()
  for (const { code, costMs } of findings) {
    const digest = byCode.get(code) ?? { code, count: 0, costMs: 0 }
    byCode.set(code, digest)
    digest.count++
    digest.costMs += costMs
  }
  return [...byCode.values()]
}

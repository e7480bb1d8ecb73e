import type { RunState } from '@volley/shared/run/state.ts'

/** The pairs of tools that the critical path of a finished run leads from and to, as `pairKey` names them. */
export function criticalEdges(run: RunState | null): ReadonlySet<string> {
  const path = run?.summary?.criticalPath ?? []
  const pairs = path.flatMap((number, at) => {
    const from = run?.calls[number - 1]
    const to = run?.calls[(path[at + 1] ?? 0) - 1]
    return from && to?.waitsFor.includes(number) ? [pairKey(from.tool, to.tool)] : []
  })
  return pairs.length === 0 ? NONE : new Set(pairs)
}

export const pairKey = (from: string, to: string) => `${from}→${to}`

const NONE: ReadonlySet<string> = new Set()

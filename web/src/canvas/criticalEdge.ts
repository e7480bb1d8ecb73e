import type { RunState } from '@volley/shared/run/state.ts'

/** Whether the critical path of the finished run leads along this edge. */
export function isCriticalEdge(run: RunState | null, from: string, to: string): boolean {
  const path = run?.summary?.criticalPath ?? []
  return path.some((number, at) => {
    const next = path[at + 1]
    return (
      next !== undefined &&
      run?.calls[number - 1]?.tool === from &&
      run?.calls[next - 1]?.tool === to &&
      run.calls[next - 1]?.waitsFor.includes(number) === true
    )
  })
}

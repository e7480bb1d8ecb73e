import type { RunState } from '@volley/shared/run/state.ts'
import type { CallRow, Row } from '@volley/shared/trace/spans.ts'

/**
 * Thin lines from the end of a call to the start of those it let go: one for each visible row, and every one it waited for where
 * the call is lit.
 */
export function TraceLinks({
  rows,
  first,
  end,
  run,
  lit,
  rowHeight,
  pixelsPerMs,
}: {
  rows: readonly Row[]
  first: number
  end: number
  run: RunState
  lit: readonly number[]
  rowHeight: number
  pixelsPerMs: number
}) {
  if (pixelsPerMs === 0) return null
  const rowOfCall = new Map<number, number>()
  rows.forEach((row, index) => {
    if (row.kind === 'call') rowOfCall.set(row.call, index)
  })
  const critical = new Set(run.summary?.criticalPath)
  const shown = rows.slice(first, end).filter((row): row is CallRow => row.kind === 'call')
  const links = shown.flatMap((row) =>
    sourcesOf(row, run, lit).flatMap((source) => {
      const from = run.calls[source - 1]
      const sourceRow = rowOfCall.get(source)
      const start = row.run?.from ?? run.calls[row.call - 1]?.finishedAt ?? null
      if (!from || from.finishedAt === null || sourceRow === undefined || start === null) return []
      const isLit = lit.includes(row.call) || lit.includes(source)
      const isCritical = critical.has(row.call) && critical.has(source) && row.releasedBy === source
      const targetRow = rowOfCall.get(row.call) as number
      const x = from.finishedAt * pixelsPerMs
      const y = (sourceRow + 0.5) * rowHeight + (targetRow > sourceRow ? 10 : -10)
      return [
        {
          key: `${source}-${row.call}`,
          d: `M ${x} ${y} V ${(targetRow + 0.5) * rowHeight} H ${Math.max(start * pixelsPerMs, x)}`,
          tone: isCritical ? 'text-accent' : isLit ? 'text-text-2' : 'text-line-strong',
        },
      ]
    }),
  )
  return (
    <svg aria-hidden="true" className="pointer-events-none absolute inset-0 size-full overflow-visible">
      {links.map((link) => (
        <path key={link.key} d={link.d} className={link.tone} stroke="currentColor" strokeWidth={1} fill="none" />
      ))}
    </svg>
  )
}

/** The call that let this one go, or whose failure ended it; all it waited for where it is lit. */
function sourcesOf(row: CallRow, run: RunState, lit: readonly number[]): readonly number[] {
  const cause = run.calls[row.call - 1]?.error?.call
  if (row.run === null) return cause === undefined ? [] : [cause]
  if (lit.some((call) => call === row.call || row.waitsFor.includes(call))) return row.waitsFor
  return row.releasedBy === null ? [] : [row.releasedBy]
}

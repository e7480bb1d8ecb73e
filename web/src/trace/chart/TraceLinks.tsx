import type { RunState } from '@volley/shared/run/state.ts'
import type { CallRow } from '@volley/shared/trace/spans.ts'
import { useMemo } from 'react'
import type { Scale } from './Bar.tsx'
import type { Item } from './items.ts'
import { ROW_PX } from './measures.ts'

/**
 * Thin lines from the end of a call to the start of those it let go: one for each visible row, and every one it waited for where
 * the call is lit.
 */
export function TraceLinks({
  items,
  first,
  end,
  run,
  lit,
  critical,
  scale: { axis, pixelsPerMs },
}: {
  items: readonly Item[]
  first: number
  end: number
  run: RunState
  lit: readonly number[]
  critical: ReadonlySet<number>
  scale: Scale
}) {
  const rowOfCall = useMemo(
    () => new Map(items.flatMap((item, index) => (item.kind === 'call' ? [[item.row.call, index] as const] : []))),
    [items],
  )
  if (pixelsPerMs === 0) return null
  const xOf = (ms: number) => (ms - axis.start) * pixelsPerMs
  const shown = items.slice(first, end).flatMap((item) => (item.kind === 'call' ? [item.row] : []))
  const links = shown.flatMap((row) =>
    sourcesOf(row, run, lit).flatMap((source) => {
      const from = run.calls[source - 1]
      const sourceRow = rowOfCall.get(source)
      const start = row.run?.from ?? run.calls[row.call - 1]?.finishedAt ?? null
      if (!from || from.finishedAt === null || sourceRow === undefined || start === null) return []
      const isLit = lit.includes(row.call) || lit.includes(source)
      const isCritical = critical.has(row.call) && critical.has(source) && row.releasedBy === source
      const targetRow = rowOfCall.get(row.call) as number
      const x = xOf(from.finishedAt)
      const y = (sourceRow + 0.5) * ROW_PX + (targetRow > sourceRow ? 10 : -10)
      return [
        {
          key: `${source}-${row.call}`,
          d: `M ${x} ${y} V ${(targetRow + 0.5) * ROW_PX} H ${Math.max(xOf(start), x)}`,
          tone: isCritical ? 'text-accent' : isLit ? 'text-text-2' : 'text-line-strong',
        },
      ]
    }),
  )
  return (
    <svg aria-hidden="true" className="pointer-events-none absolute inset-0 size-full overflow-hidden">
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

import type { RunState } from '@volley/shared/run/state.ts'
import { type Row, rowsOf } from '@volley/shared/trace/spans.ts'
import { useEffect, useMemo, useRef } from 'react'
import { Link } from 'wouter'
import { sentenceOf } from '../api/client.ts'
import { paths } from '../routes.ts'
import { useRun } from '../runs/useRun.ts'
import type { Axis } from '../trace/chart/axis.ts'
import type { Scale } from '../trace/chart/Bar.tsx'
import { RunNumbers } from '../trace/chart/RunNumbers.tsx'
import { TickLines } from '../trace/chart/Ticks.tsx'
import { CallBars, ModelBar } from '../trace/chart/TraceBars.tsx'
import { counted } from '../trace/format.ts'
import { useNow } from '../trace/useNow.ts'
import { useWindow } from '../trace/useWindow.ts'
import { Chip } from '../ui/Chip.tsx'
import { StatusDot, statusWord } from '../ui/StatusDot.tsx'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'
import '../trace/chart/trace.css'

const ROW_PX = 26
const LABEL_PX = 190
const END_PX = 40
/** A lane with more rows than these scrolls. */
const MOST_ROWS = 14

/** One of the runs: what it was, its numbers, its bars on the axis that all share, and what it answered. */
export function CompareLane({
  id,
  axis,
  own,
  isFastest,
  onRun,
}: {
  id: string
  axis: Axis
  /** Calls that not every other run made. */
  own: ReadonlySet<number>
  isFastest: boolean
  onRun(run: RunState): void
}) {
  const { store: useStore, fault } = useRun(id)
  const run = useStore((store) => store.run)
  const isThere = run !== null && run.lastSeq > 0
  useEffect(() => {
    if (isThere) onRun(run)
  }, [run, isThere, onRun])
  const title = isThere ? `${run.model} · ${run.parallelism}` : id
  return (
    <article aria-label={title} className="overflow-hidden rounded-lg border border-line bg-surface-1">
      <header className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
        <h2 className="m-0 text-sm font-semibold">
          <Link href={paths.run(id)} className="rounded-sm text-text-1 no-underline hover:underline">
            {title}
          </Link>
        </h2>
        {isThere && (
          <>
            {run.flow.version !== null && <Chip mono>v{run.flow.version}</Chip>}
            <Chip tone="status" data-status={run.status} icon={<StatusDot status={run.status} />}>
              {statusWord(run.status)}
            </Chip>
            {isFastest && <Chip>fastest</Chip>}
            {own.size > 0 && (
              <span className="text-xs text-waiting-text">{counted(own.size, 'call')} that not all made</span>
            )}
            <RunNumbers run={run} />
          </>
        )}
      </header>
      {fault && <p className="m-0 p-3 text-xs text-text-2">{sentenceOf(fault)}</p>}
      {isThere && (
        <>
          <Bars run={run} axis={axis} own={own} />
          <p className="m-0 max-h-32 overflow-y-auto border-t border-line px-3 py-2 text-xs whitespace-pre-wrap text-text-2">
            {run.output || run.error?.message || (run.summary ? 'No words.' : 'No answer yet.')}
          </p>
        </>
      )}
    </article>
  )
}

function Bars({ run, axis, own }: { run: RunState; axis: Axis; own: ReadonlySet<number> }) {
  const box = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => rowsOf(run), [run])
  const { first, end, width } = useWindow(box, rows.length, ROW_PX)
  const now = useNow(run)
  const critical = useMemo(() => new Set(run.summary?.criticalPath), [run.summary])
  const pixelsPerMs = Math.max(0, width - LABEL_PX - END_PX) / (axis.end - axis.start)
  const scale: Scale = { axis, now, pixelsPerMs }
  return (
    <div
      ref={box}
      tabIndex={rows.length > MOST_ROWS ? 0 : undefined}
      className="relative overflow-x-hidden overflow-y-auto"
      style={{ maxHeight: MOST_ROWS * ROW_PX }}
    >
      <div
        aria-hidden
        className="pointer-events-none absolute inset-y-0"
        style={{ left: LABEL_PX, right: END_PX, height: rows.length * ROW_PX }}
      >
        <TickLines axis={axis} />
      </div>
      <ul className="relative m-0 list-none p-0" style={{ height: rows.length * ROW_PX }}>
        {rows.slice(first, end).map((row, offset) => (
          <li
            key={row.kind === 'model' ? `turn ${row.turn}` : row.call}
            className="absolute inset-x-0 flex items-center"
            style={{ height: ROW_PX, transform: `translateY(${(first + offset) * ROW_PX}px)` }}
          >
            <Label row={row} isOwn={row.kind === 'call' && own.has(row.call)} />
            <div className="relative h-full min-w-0 flex-1" style={{ marginRight: END_PX }}>
              <RowBar {...{ row, run, critical, scale }} />
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}

function RowBar({
  row,
  run,
  critical,
  scale,
}: {
  row: Row
  run: RunState
  critical: ReadonlySet<number>
  scale: Scale
}) {
  if (row.kind === 'model') return <ModelBar row={row} scale={scale} />
  const call = run.calls[row.call - 1]
  return (
    call && (
      <CallBars
        {...{ row, call, scale }}
        hold={undefined}
        knowsHolds={false}
        slackMs={0}
        isCritical={critical.has(row.call)}
        isLit={false}
      />
    )
  )
}

function Label({ row, isOwn }: { row: Row; isOwn: boolean }) {
  return (
    <span className="flex shrink-0 items-baseline gap-1.5 pl-3 font-mono text-xs" style={{ width: LABEL_PX }}>
      {isOwn && (
        <span aria-hidden title="not all runs made this call" className="text-waiting-text">
          ◆
        </span>
      )}
      <span className="min-w-0 truncate">{row.kind === 'model' ? `turn ${row.turn}` : `#${row.call} ${row.tool}`}</span>
      {isOwn && <VisuallyHidden>, not all runs made this call</VisuallyHidden>}
      <span className="min-w-0 truncate pr-2 text-[11px] text-text-3">
        {row.kind === 'model' ? 'model' : row.label}
      </span>
    </span>
  )
}

import type { RunState } from '@volley/shared/run/state.ts'
import { endOf } from '@volley/shared/trace/span.ts'
import { rowsOf } from '@volley/shared/trace/spans.ts'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useChartStore } from '../../state/chartStore.ts'
import type { UseRunStore } from '../../state/runStore.ts'
import { NOTHING_LIT, useSessionStore } from '../../state/sessionStore.ts'
import type { Chosen } from '../../state/traceStore.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { useNow } from '../useNow.ts'
import { useWindow } from '../useWindow.ts'
import { axisBetween, axisFor, ticksFor } from './axis.ts'
import type { Scale } from './Bar.tsx'
import { ChartControls } from './ChartControls.tsx'
import { callsOf, factsOf, RowBars, RowLabel } from './ChartRow.tsx'
import { chartMove } from './chartKeys.ts'
import { groupKeys, type Item, itemsOf } from './items.ts'
import { END_PX, HEAD_PX, LABEL_PX, OVERVIEW_PX, ROW_PX } from './measures.ts'
import { Overview } from './Overview.tsx'
import { PlayControls } from './PlayControls.tsx'
import { Playhead } from './Playhead.tsx'
import { Ticks } from './Ticks.tsx'
import { TimeVeil } from './TimeVeil.tsx'
import { TraceLinks } from './TraceLinks.tsx'
import './trace.css'
import { useKnown } from './useKnown.ts'
import { useZoom } from './useZoom.ts'
import { showing } from './view.ts'

/**
 * A run on one time axis: a line for each turn and each call, under turns or tools that can be closed. One line can be chosen, by mouse and by
 * keyboard. The overview always holds the whole run, the axis the part of it that is looked at; what lies after the time one looks at is
 * veiled.
 */
export function TraceChart({
  run,
  store: useStore,
  onChoose,
}: {
  run: RunState
  store: UseRunStore
  onChoose(chosen: Chosen): void
}) {
  const box = useRef<HTMLDivElement>(null)
  const treeId = useId()
  const [active, setActive] = useState(0)
  const lit = useSessionStore((session) => session.lit)
  const light = useSessionStore((session) => session.light)
  const at = useStore((store) => store.at)
  const now = useNow(run)
  const { by, runId, view: viewOfRun, closed, open, setView, setClosed } = useChartStore()
  useEffect(() => open(run.id), [run.id, open])
  const view = runId === run.id ? viewOfRun : null

  const rows = useMemo(() => rowsOf(run), [run])
  const items = useMemo(() => itemsOf(rows, by, closed), [rows, by, closed])
  const known = useKnown(run)
  const { first, end, width } = useWindow(box, items.length, ROW_PX)
  const isLive = run.summary === null
  const axisPx = Math.max(0, width - LABEL_PX - END_PX)
  const most = ticksFor(axisPx)
  const whole = axisFor(Math.max(now, run.summary?.elapsedMs ?? 0), isLive, most)
  const wholeMs = whole.end
  const axis = view ? axisBetween(view.from, view.to, most) : whole
  const scale: Scale = { axis, now, pixelsPerMs: axisPx / (axis.end - axis.start) }
  const { zoomBy, panBy } = useZoom(box, view, wholeMs)
  const current = Math.min(active, items.length - 1)

  const goTo = (index: number) => {
    setActive(index)
    const item = items[index]
    light(callsOf(item))
    scrollTo(box.current, index)
    const span = spanOf(item, now)
    if (view && span) setView(showing(view, span.from, span.to, wholeMs))
  }
  const toggle = (item: Item, isOpen: boolean) => {
    const next = new Set(closed)
    if (isOpen) next.delete(item.key)
    else next.add(item.key)
    setClosed(next)
  }
  const choose = (item: Item) => {
    if (item.kind === 'tool') toggle(item, !item.group.isOpen)
    else onChoose(item.kind === 'call' ? { kind: 'call', call: item.row.call } : { kind: 'turn', turn: item.row.turn })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const move = chartMove(event, items, current)
    const item = items[current]
    if (!move || !item) return
    event.preventDefault()
    event.stopPropagation()
    if (move.do === 'go') goTo(move.to)
    else if (move.do === 'choose') choose(item)
    else if (move.do === 'toggle') toggle(item, move.open)
    else if (move.do === 'pan') panBy(move.by)
    else {
      const span = spanOf(item, now)
      zoomBy(move.factor, span && Math.max(axis.start, Math.min(axis.end, (span.from + span.to) / 2)))
    }
  }
  const keys = groupKeys(items)

  return (
    <div ref={box} className="relative h-full overflow-x-hidden overflow-y-auto">
      <Ticks
        axis={axis}
        rowsPx={items.length * ROW_PX}
        overview={
          <div className="relative" style={{ height: OVERVIEW_PX }}>
            <ChartControls
              isZoomed={view !== null}
              allClosed={keys.length > 0 && keys.every((key) => closed.has(key))}
              onCloseAll={(close) => setClosed(new Set(close ? keys : []))}
              onZoom={zoomBy}
            />
            <Overview {...{ run, rows, now, wholeMs, view }} onView={setView} />
          </div>
        }
      >
        <PlayControls store={useStore} />
        <div className="absolute inset-y-0" style={{ left: LABEL_PX, right: END_PX }}>
          <Playhead store={useStore} axis={axis} now={now} />
        </div>
      </Ticks>
      {items.length === 0 && (
        <p className="m-0 p-4 text-xs text-text-2">
          {isLive ? 'The model has not been asked yet.' : nothingWords(run)}
        </p>
      )}
      <div
        role="tree"
        aria-label="Turns and calls in time"
        hidden={items.length === 0}
        tabIndex={0}
        aria-activedescendant={items[current] ? `${treeId}-${current}` : undefined}
        className="group relative outline-none!"
        style={{ height: items.length * ROW_PX }}
        onKeyDown={onKeyDown}
        onFocus={() => light(callsOf(items[current]))}
        onBlur={() => light(NOTHING_LIT)}
        onMouseLeave={() => light(NOTHING_LIT)}
      >
        <div className="pointer-events-none absolute inset-y-0" style={{ left: LABEL_PX, right: END_PX }}>
          <TraceLinks {...{ items, first, end, run, lit, scale }} critical={known.critical} />
        </div>
        {items.slice(first, end).map((item, offset) => {
          const index = first + offset
          const isLit = item.kind === 'call' && lit.includes(item.row.call)
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it takes the keys for its active item.
            <div
              key={item.key}
              id={`${treeId}-${index}`}
              role="treeitem"
              data-active={index === current || undefined}
              aria-level={item.level}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              {...(item.group ? { 'aria-expanded': item.group.isOpen } : {})}
              tabIndex={-1}
              data-lit={isLit || undefined}
              className="absolute inset-x-0 flex items-center outline-none data-lit:bg-surface-2 hover:bg-surface-2 group-focus-visible:data-active:bg-surface-2 group-focus-visible:data-active:shadow-[inset_2px_0_0_var(--focus)]"
              style={{ height: ROW_PX, transform: `translateY(${index * ROW_PX}px)` }}
              onMouseEnter={() => light(callsOf(item))}
              onClick={() => {
                setActive(index)
                choose(item)
              }}
            >
              <RowLabel item={item} onToggle={() => toggle(item, !item.group?.isOpen)} />
              <VisuallyHidden>{factsOf(item, known)}</VisuallyHidden>
              <RowBars item={item} known={known} isLit={isLit} scale={scale} />
            </div>
          )
        })}
      </div>
      <TimeVeil axis={axis} at={at} now={isLive ? now : null} rowsPx={items.length * ROW_PX} />
    </div>
  )
}

/** Why there is nothing to draw of a run that has ended. */
function nothingWords({ error }: RunState): string {
  return `This run ended before the model was asked${error ? `: ${error.message}` : '.'}`
}

/** The stretch of time that a line is about. */
function spanOf(item: Item | undefined, now: number): { from: number; to: number } | undefined {
  if (!item || item.kind === 'tool') return undefined
  const span = item.kind === 'model' ? item.row.span : (item.row.run ?? item.row.waits[0])
  return span ? { from: span.from, to: endOf(span, now) } : undefined
}

function scrollTo(box: HTMLElement | null, index: number): void {
  if (!box) return
  const top = index * ROW_PX
  if (top < box.scrollTop) box.scrollTop = top
  const bottom = HEAD_PX + top + ROW_PX
  if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight
}

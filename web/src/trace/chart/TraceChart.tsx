import type { RunState } from '@volley/shared/run/state.ts'
import { endOf } from '@volley/shared/trace/span.ts'
import { type Row, rowsOf } from '@volley/shared/trace/spans.ts'
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react'
import type { UseRunStore } from '../../state/runStore.ts'
import { NOTHING_LIT, useSessionStore } from '../../state/sessionStore.ts'
import type { Chosen } from '../../state/traceStore.ts'
import { statusWord } from '../../ui/StatusDot.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { type Axis, axisFor, percent } from './axis.ts'
import { PlayControls } from './PlayControls.tsx'
import { Playhead } from './Playhead.tsx'
import { CallBars, ModelBar, type Scale } from './TraceBars.tsx'
import { TraceLinks } from './TraceLinks.tsx'
import './trace.css'
import { useNow } from '../useNow.ts'
import { useWindow } from '../useWindow.ts'
import { barWords, modelWords } from '../words.ts'

const ROW = 28
const AXIS = 26
const LABEL_PX = 208
const END_PX = 44

/**
 * A run on one time axis: a row for each turn and each call. One row can be chosen, by mouse and by keyboard. The axis always holds the
 * whole run; what lies after the time one looks at is veiled.
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
  const listId = useId()
  const [active, setActive] = useState(0)
  const lit = useSessionStore((session) => session.lit)
  const at = useStore((store) => store.at)
  const light = useSessionStore((session) => session.light)
  const now = useNow(run)
  const rows = useMemo(() => rowsOf(run), [run])
  const { first, end, width } = useWindow(box, rows.length, ROW)
  const isLive = run.summary === null
  const axis = axisFor(Math.max(now, run.summary?.elapsedMs ?? 0), isLive)
  const scale: Scale = { axis, now, pixelsPerMs: Math.max(0, width - LABEL_PX - END_PX) / axis.end }
  const critical = useMemo(() => new Set(run.summary?.criticalPath), [run.summary])

  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index))
    setActive(next)
    light(callsOf(rows[next]))
    scrollTo(box.current, next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + 10,
      PageUp: active - 10,
      Home: 0,
      End: rows.length - 1,
    }
    const row = rows[active]
    if (event.key in moves) moveTo(moves[event.key] as number)
    else if ((event.key === 'Enter' || event.key === ' ') && row && !event.metaKey && !event.ctrlKey)
      onChoose(chosenOf(row))
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div ref={box} className="relative h-full overflow-x-hidden overflow-y-auto">
      <Ticks axis={axis}>
        <PlayControls store={useStore} />
        <div className="absolute inset-y-0" style={{ left: LABEL_PX, right: END_PX }}>
          <Playhead store={useStore} axis={axis} now={now} />
        </div>
      </Ticks>
      <div
        role="listbox"
        aria-label="Turns and calls in time"
        tabIndex={0}
        aria-activedescendant={rows[active] ? `${listId}-${active}` : undefined}
        className="group relative outline-none!"
        style={{ height: rows.length * ROW }}
        onKeyDown={onKeyDown}
        onFocus={() => light(callsOf(rows[active]))}
        onBlur={() => light(NOTHING_LIT)}
        onMouseLeave={() => light(NOTHING_LIT)}
      >
        <div className="pointer-events-none absolute inset-y-0" style={{ left: LABEL_PX, right: END_PX }}>
          <TraceLinks {...{ rows, first, end, run, lit }} rowHeight={ROW} pixelsPerMs={scale.pixelsPerMs} />
        </div>
        {rows.slice(first, end).map((row, offset) => {
          const index = first + offset
          const call = row.kind === 'call' ? run.calls[row.call - 1] : undefined
          const isLit = call !== undefined && lit.includes(call.call)
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox around it takes the keys for its active option.
            <div
              key={row.kind === 'model' ? `turn ${row.turn}` : row.call}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === active}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              tabIndex={-1}
              data-lit={isLit || undefined}
              className="absolute inset-x-0 flex items-center outline-none data-lit:bg-surface-2 hover:bg-surface-2 group-focus-visible:aria-selected:bg-surface-2 group-focus-visible:aria-selected:shadow-[inset_2px_0_0_var(--focus)]"
              style={{ height: ROW, transform: `translateY(${index * ROW}px)` }}
              onMouseEnter={() => light(callsOf(row))}
              onClick={() => {
                setActive(index)
                onChoose(chosenOf(row))
              }}
            >
              <RowLabel row={row} />
              <VisuallyHidden>{factsOf(row, run)}</VisuallyHidden>
              <div className="relative h-full min-w-0 flex-1" style={{ marginRight: END_PX }}>
                {row.kind === 'model' ? (
                  <ModelBar row={row} scale={scale} />
                ) : (
                  call && (
                    <CallBars row={row} call={call} isCritical={critical.has(row.call)} isLit={isLit} scale={scale} />
                  )
                )}
              </div>
            </div>
          )
        })}
      </div>
      <div
        aria-hidden="true"
        className="pointer-events-none absolute top-0"
        style={{ left: LABEL_PX, right: END_PX, height: Math.max(AXIS + rows.length * ROW, 60) }}
      >
        {at !== null && (
          <div
            className="absolute top-0 bottom-0 bg-surface-1/65"
            style={{ top: AXIS, left: `${percent(at, axis)}%`, right: -END_PX }}
          />
        )}
        {isLive && <TimeLine at={now} axis={axis} className="bg-running" />}
        {at !== null && <TimeLine at={at} axis={axis} className="bg-running" />}
      </div>
    </div>
  )
}

function TimeLine({ at, axis, className }: { at: number; axis: Axis; className: string }) {
  return (
    <div
      className={`absolute inset-y-0 w-0.5 -translate-x-px ${className}`}
      style={{ left: `${percent(at, axis)}%` }}
    />
  )
}

/** The axis stays on top while the rows move under it; its lines go down behind them. */
function Ticks({ axis, children }: { axis: Axis; children: ReactNode }) {
  return (
    <>
      <div
        className="sticky top-0 z-10 border-b border-line bg-surface-1"
        style={{ height: AXIS, paddingLeft: LABEL_PX }}
      >
        <div className="relative h-full" style={{ marginRight: END_PX }}>
          {axis.ticks.map((tick) => (
            <span
              key={tick.at}
              className="absolute top-1.5 -translate-x-1/2 font-mono text-[10.5px] text-text-3 first:translate-x-0"
              style={{ left: `${percent(tick.at, axis)}%` }}
            >
              {tick.label}
            </span>
          ))}
        </div>
        {children}
      </div>
      <div
        aria-hidden="true"
        className="pointer-events-none sticky h-0"
        style={{ top: AXIS, marginLeft: LABEL_PX, marginRight: END_PX }}
      >
        {axis.ticks.map((tick) => (
          <span
            key={tick.at}
            className="absolute h-[100vh] w-px bg-line"
            style={{ left: `${percent(tick.at, axis)}%` }}
          />
        ))}
      </div>
    </>
  )
}

function RowLabel({ row }: { row: Row }) {
  const name = row.kind === 'model' ? `turn ${row.turn}` : `#${row.call} ${row.tool}`
  const label = row.kind === 'model' ? 'model' : row.label
  return (
    <span className="flex shrink-0 items-baseline gap-1.5 pl-3.5 font-mono text-xs" style={{ width: LABEL_PX }}>
      <span className="max-w-[150px] shrink-0 truncate text-text-1">{name}</span>
      <span className="min-w-0 truncate pr-2 text-[11px] text-text-3"> {label}</span>
    </span>
  )
}

const callsOf = (row: Row | undefined) => (row?.kind === 'call' ? [row.call] : NOTHING_LIT)
const chosenOf = (row: Row): Chosen =>
  row.kind === 'call' ? { kind: 'call', call: row.call } : { kind: 'turn', turn: row.turn }

/** What a row's bars show, in words: for those who listen. */
function factsOf(row: Row, run: RunState): string {
  if (row.kind === 'model') return `, ${modelWords(row)}`
  const call = run.calls[row.call - 1]
  const words = call ? barWords(call) : ''
  const status = statusWord(row.status)
  const length = row.run ? `, ${((endOf(row.run, run.at) - row.run.from) / 1000).toFixed(2)} seconds` : ''
  return `, ${status}${length}${words && words !== status ? `, ${words}` : ''}`
}

function scrollTo(box: HTMLElement | null, index: number): void {
  if (!box) return
  const top = index * ROW
  if (top < box.scrollTop) box.scrollTop = top
  const bottom = AXIS + top + ROW
  if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight
}

import type { RunState } from '@volley/shared/run/state.ts'
import { endOf } from '@volley/shared/trace/span.ts'
import type { ModelRow, Row } from '@volley/shared/trace/spans.ts'
import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from 'react'
import { seconds } from '../format.ts'
import { areaOf, loadOf } from './load.ts'
import { END_PX, LABEL_PX, OVERVIEW_PX } from './measures.ts'
import { between, panned, type View } from './view.ts'

const WIDTH = 1000
const HEIGHT = 16

/**
 * The whole run, small: when the model wrote, and how many calls ran at once. A frame marks the part that is drawn below. A drag chooses
 * another part, a drag of the frame moves it, its ends can be dragged and moved by keys; a double click shows the whole.
 */
export function Overview({
  run,
  rows,
  now,
  wholeMs,
  view,
  onView,
}: {
  run: RunState
  rows: readonly Row[]
  now: number
  wholeMs: number
  view: View | null
  onView(view: View | null): void
}) {
  const track = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<Drag | null>(null)
  const area = useMemo(() => areaOf(loadOf(run, now), wholeMs, WIDTH, HEIGHT), [run, now, wholeMs])
  const shown = view ?? { from: 0, to: wholeMs }
  const share = (ms: number) => `${Math.min(100, (ms / wholeMs) * 100)}%`

  const timeAt = (event: PointerEvent) => {
    const box = track.current?.getBoundingClientRect()
    if (!box || box.width === 0) return 0
    return Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)) * wholeMs
  }
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    const grip = (event.target as HTMLElement).dataset.grip
    const at = timeAt(event)
    if (grip === 'from' || grip === 'to') (event.target as HTMLElement).focus()
    setDrag(
      grip === 'from'
        ? { anchor: shown.to }
        : grip === 'to'
          ? { anchor: shown.from }
          : grip === 'frame' && view
            ? { moved: view, from: at }
            : { anchor: at },
    )
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!drag) return
    const at = timeAt(event)
    if ('moved' in drag) onView(panned(drag.moved, at - drag.from, wholeMs))
    else if (Math.abs(at - drag.anchor) > wholeMs / 200) onView(between(drag.anchor, at, wholeMs))
  }
  const moveEnd = (end: 'from' | 'to') => (event: KeyboardEvent) => {
    const next = movedEnd(event.key, shown, end, wholeMs)
    if (next === undefined) return
    event.preventDefault()
    event.stopPropagation()
    onView(next)
  }
  const grip = (end: 'from' | 'to') => (
    <div
      role="slider"
      tabIndex={0}
      data-grip={end}
      aria-label={end === 'from' ? 'Start of the part shown' : 'End of the part shown'}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={Math.round(wholeMs)}
      aria-valuenow={Math.round(shown[end])}
      aria-valuetext={seconds(shown[end])}
      className="overview-grip"
      style={{ left: share(shown[end]) }}
      onKeyDown={moveEnd(end)}
    />
  )

  return (
    <div className="absolute inset-y-0" style={{ left: LABEL_PX, right: END_PX, height: OVERVIEW_PX }}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this is a strip with two handles on it. */}
      <div
        ref={track}
        role="group"
        aria-label="The part of the run that is shown"
        className="overview"
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => setDrag(null)}
        onPointerCancel={() => setDrag(null)}
        onDoubleClick={() => onView(null)}
      >
        <svg
          aria-hidden="true"
          viewBox={`0 0 ${WIDTH} ${HEIGHT + 4}`}
          preserveAspectRatio="none"
          className="absolute inset-0 size-full"
        >
          <path d={area} transform="translate(0 4)" className="fill-running/35" />
          {rows.filter(isModel).map((row) => (
            <rect
              key={row.turn}
              x={(row.span.from / wholeMs) * WIDTH}
              width={Math.max(1.5, ((endOf(row.span, now) - row.span.from) / wholeMs) * WIDTH)}
              y={0}
              height={3}
              className="fill-model"
            />
          ))}
        </svg>
        {view && (
          <>
            <span className="overview-veil left-0" style={{ width: share(view.from) }} />
            <span className="overview-veil right-0" style={{ left: share(view.to) }} />
            <span
              data-grip="frame"
              className="overview-frame"
              style={{ left: share(view.from), width: share(view.to - view.from) }}
            />
          </>
        )}
        {grip('from')}
        {grip('to')}
      </div>
    </div>
  )
}

type Drag = { anchor: number } | { moved: View; from: number }
const isModel = (row: Row): row is ModelRow => row.kind === 'model'

/** Where a key moves an end of the view to; undefined for a key that moves none. */
function movedEnd(key: string, view: View, end: 'from' | 'to', wholeMs: number): View | null | undefined {
  const step = wholeMs / 50
  const steps: Record<string, number> = {
    ArrowLeft: -step,
    ArrowDown: -step,
    ArrowRight: step,
    ArrowUp: step,
    PageDown: -5 * step,
    PageUp: 5 * step,
    Home: -wholeMs,
    End: wholeMs,
  }
  const by = steps[key]
  if (by === undefined) return undefined
  const at = Math.max(0, Math.min(wholeMs, view[end] + by))
  // Ends never pass each other.
  return end === 'from'
    ? between(Math.min(at, view.to - 1), view.to, wholeMs)
    : between(view.from, Math.max(at, view.from + 1), wholeMs)
}

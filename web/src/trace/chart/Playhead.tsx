import type { KeyboardEvent, PointerEvent } from 'react'
import type { UseRunStore } from '../../state/runStore.ts'
import { momentWords } from '../words.ts'
import { type Axis, percent } from './axis.ts'
import { playheadMove } from './playheadKeys.ts'

/** Where on its time axis one looks at a run: a slider over the whole axis. A drag or a click on the axis goes there, keys move it. */
export function Playhead({ store: useStore, axis, now }: { store: UseRunStore; axis: Axis; now: number }) {
  const at = useStore((store) => store.at)
  const shown = useStore((store) => store.shown)
  const { seek, play } = useStore.getState()
  const time = at ?? now

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return
    event.preventDefault()
    const track = event.currentTarget
    track.setPointerCapture(event.pointerId)
    track.querySelector<HTMLElement>('[role="slider"]')?.focus({ preventScroll: true })
    play(false)
    seek(timeUnder(event, axis))
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(timeUnder(event, axis))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { log, isPlaying } = useStore.getState()
    const move = playheadMove(event, time, log)
    if (!move) return
    event.preventDefault()
    event.stopPropagation()
    play(move.do === 'play' && !isPlaying)
    if (move.do === 'seek') seek(move.at)
  }

  return (
    <div
      className="absolute inset-0 cursor-ew-resize touch-none"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
    >
      <div
        role="slider"
        tabIndex={0}
        aria-label="Moment on the time axis"
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={Math.round(Math.max(axis.end, time))}
        aria-valuenow={Math.round(time)}
        aria-valuetext={momentWords(shown, at)}
        data-playhead={at === null ? 'newest' : 'past'}
        className="playhead"
        style={{ left: `${Math.max(0, percent(time, axis))}%` }}
        onKeyDown={onKeyDown}
      />
    </div>
  )
}

function timeUnder(event: PointerEvent<HTMLDivElement>, axis: Axis): number {
  const { left, width } = event.currentTarget.getBoundingClientRect()
  return axis.start + ((event.clientX - left) / Math.max(1, width)) * (axis.end - axis.start)
}

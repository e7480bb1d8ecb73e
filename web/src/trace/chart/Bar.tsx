import type { ReactNode } from 'react'
import { type Axis, placeOn } from './axis.ts'

export interface Scale {
  axis: Axis
  now: number
  /** Pixels for a millisecond; 0 before the chart was measured. */
  pixelsPerMs: number
}

/** A stretch of time, as far as it lies on the axis. */
export function Bar({
  from,
  to,
  scale,
  className = 'bar',
  children,
  ...rest
}: {
  from: number
  to: number
  scale: Scale
  className?: string
  title?: string
  children: ReactNode
}) {
  const place = placeOn(scale.axis, from, to)
  if (!place) return null
  return (
    <div className={className} style={{ left: `${place.left}%`, width: `${place.width}%` }} {...rest}>
      {children}
    </div>
  )
}

/** A stretch within another one, as a part of the other's bar. */
export function Part({
  className,
  part,
  whole,
}: {
  className: string
  part: { from: number; to: number }
  whole: { from: number; to: number }
}) {
  const length = Math.max(1, whole.to - whole.from)
  const left = ((part.from - whole.from) / length) * 100
  return (
    <span className={className} style={{ left: `${left}%`, width: `${((part.to - part.from) / length) * 100}%` }} />
  )
}

/** How wide the part of a stretch that can be seen is. */
export function seenPx(from: number, to: number, { axis, pixelsPerMs }: Scale): number {
  return Math.max(0, Math.min(to, axis.end) - Math.max(from, axis.start)) * pixelsPerMs
}

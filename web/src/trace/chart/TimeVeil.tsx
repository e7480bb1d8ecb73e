import { type Axis, percent } from './axis.ts'
import { END_PX, HEAD_PX, LABEL_PX, OVERVIEW_PX } from './measures.ts'

/** Lines through all rows where time stands now and at the time one looks at, and a veil over what comes after that. */
export function TimeVeil({
  axis,
  at,
  now,
  rowsPx,
}: {
  axis: Axis
  /** The time one looks at; null for the newest. */
  at: number | null
  /** Null for a run that has ended. */
  now: number | null
  rowsPx: number
}) {
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute top-0 overflow-hidden"
      style={{ left: LABEL_PX, right: 0, height: Math.max(HEAD_PX + rowsPx, 60) }}
    >
      <div className="relative h-full" style={{ marginRight: END_PX }}>
        {at !== null && (
          <div
            className="absolute bottom-0 bg-surface-1/65"
            style={{ top: HEAD_PX, left: `${Math.max(0, percent(at, axis))}%`, right: -END_PX }}
          />
        )}
        {now !== null && <TimeLine at={now} axis={axis} />}
        {at !== null && <TimeLine at={at} axis={axis} />}
      </div>
    </div>
  )
}

function TimeLine({ at, axis }: { at: number; axis: Axis }) {
  if (at < axis.start || at > axis.end) return null
  return (
    <div
      className="absolute bottom-0 w-0.5 -translate-x-px bg-running"
      style={{ top: OVERVIEW_PX, left: `${percent(at, axis)}%` }}
    />
  )
}

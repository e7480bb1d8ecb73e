import type { ReactNode } from 'react'
import { type Axis, percent } from './axis.ts'
import { AXIS_PX, END_PX, HEAD_PX, LABEL_PX } from './measures.ts'

/** The axis stays on top while the rows, so many pixels of them, move under it; its lines go down behind them. `children` lie over it. */
export function Ticks({
  axis,
  rowsPx,
  overview,
  children,
}: {
  axis: Axis
  rowsPx: number
  overview: ReactNode
  children: ReactNode
}) {
  return (
    <>
      <div className="sticky top-0 z-10 bg-surface-1">
        {overview}
        <div className="relative border-b border-line" style={{ height: AXIS_PX, paddingLeft: LABEL_PX }}>
          <div className="relative h-full" style={{ marginRight: END_PX }}>
            {axis.ticks.map((tick) => (
              <span
                key={tick.at}
                className={`absolute top-1.5 font-mono text-[10.5px] text-text-3 ${tick.at === axis.start ? '' : '-translate-x-1/2'}`}
                style={{ left: `${percent(tick.at, axis)}%` }}
              >
                {tick.label}
              </span>
            ))}
          </div>
          {children}
        </div>
      </div>
      <div
        aria-hidden="true"
        className="pointer-events-none absolute overflow-hidden"
        style={{
          top: HEAD_PX,
          left: LABEL_PX,
          right: END_PX,
          height: `max(calc(100% - ${HEAD_PX}px), ${rowsPx}px)`,
        }}
      >
        <TickLines axis={axis} />
      </div>
    </>
  )
}

/** A line down from each tick, over the whole height of what they lie in. */
export function TickLines({ axis }: { axis: Axis }) {
  return axis.ticks.map((tick) => (
    <span key={tick.at} className="absolute inset-y-0 w-px bg-line" style={{ left: `${percent(tick.at, axis)}%` }} />
  ))
}

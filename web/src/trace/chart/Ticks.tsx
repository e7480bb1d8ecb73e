import type { ReactNode } from 'react'
import { type Axis, percent } from './axis.ts'
import { AXIS_PX, END_PX, LABEL_PX, OVERVIEW_PX } from './measures.ts'

/** The axis stays on top while the rows move under it; its lines go down behind them. `children` lie over it. */
export function Ticks({ axis, overview, children }: { axis: Axis; overview: ReactNode; children: ReactNode }) {
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
        className="pointer-events-none sticky h-0"
        style={{ top: OVERVIEW_PX + AXIS_PX, marginLeft: LABEL_PX, marginRight: END_PX }}
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

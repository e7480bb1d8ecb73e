import type { CallState } from '@volley/shared/run/state.ts'
import { useRef } from 'react'
import { NOTHING_LIT, useSessionStore } from '../../state/sessionStore.ts'
import { StatusDot, statusWord } from '../../ui/StatusDot.tsx'
import { useRows } from '../../ui/useRows.ts'
import { duration, oneLine } from '../format.ts'

const ROW = 30

/** Calls as a table, in the order they are given. A call's name opens it; arrows go from row to row. */
export function CallsTable({ calls, onChoose }: { calls: readonly CallState[]; onChoose(call: number): void }) {
  const box = useRef<HTMLDivElement>(null)
  const { first, end, before, after, stop, onKeyDown } = useRows(box, calls.length, ROW)
  const lit = useSessionStore((session) => session.lit)
  const light = useSessionStore((session) => session.light)
  return (
    <div ref={box} className="h-full overflow-auto">
      <table className="w-full table-fixed border-collapse text-xs" aria-rowcount={calls.length + 1}>
        <colgroup>
          <col className="w-12" />
          <col className="w-34" />
          <col className="w-28" />
          <col className="w-18" />
          <col />
          <col />
        </colgroup>
        <thead className="sticky top-0 z-10 bg-surface-1">
          <tr className="h-[26px] border-b border-line text-left">
            {['#', 'Tool', 'Status', 'Took', 'Arguments', 'Result or error'].map((name) => (
              <th key={name} scope="col" className="truncate px-2 font-medium text-text-3 first:pl-3.5">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          <Spacer height={before} />
          {calls.slice(first, end).map((call, offset) => (
            <tr
              key={call.call}
              aria-rowindex={first + offset + 2}
              data-status={call.status}
              className={`h-[30px] border-b border-line/60 ${lit.includes(call.call) ? 'bg-surface-2' : ''} hover:bg-surface-2/60`}
              onMouseEnter={() => light([call.call])}
              onMouseLeave={() => light(NOTHING_LIT)}
              onClick={() => onChoose(call.call)}
            >
              <td className="px-2 pl-3.5 font-mono text-text-3">{call.call}</td>
              <td className="truncate px-2">
                <button
                  type="button"
                  className="min-h-6 max-w-full truncate rounded-sm font-mono text-text-1"
                  {...stop(first + offset)}
                  onFocus={() => {
                    stop(first + offset).onFocus()
                    light([call.call])
                  }}
                  onBlur={() => light(NOTHING_LIT)}
                  onClick={(event) => {
                    event.stopPropagation()
                    onChoose(call.call)
                  }}
                >
                  {call.tool}
                </button>
              </td>
              <td className="truncate px-2 text-status-text">
                <span className="flex items-center gap-1.5">
                  <StatusDot status={call.status} />
                  {statusWord(call.status)}
                </span>
              </td>
              <td className="px-2 font-mono text-text-2 tabular-nums">
                {call.durationMs === null ? '' : duration(call.durationMs)}
              </td>
              <td className="truncate px-2 font-mono text-text-2">{oneLine(call.emittedArguments)}</td>
              <td className="truncate px-2 font-mono text-text-2">
                {call.error && call.status !== 'succeeded' ? (
                  <span className="font-sans text-status-text">{call.error.message}</span>
                ) : call.status === 'succeeded' ? (
                  oneLine(call.shown ?? call.result)
                ) : (
                  ''
                )}
              </td>
            </tr>
          ))}
          <Spacer height={after} />
        </tbody>
      </table>
    </div>
  )
}

/** Stands for the rows that cannot be seen. */
function Spacer({ height }: { height: number }) {
  return height > 0 ? (
    <tr style={{ height }}>
      <td colSpan={6} />
    </tr>
  ) : null
}

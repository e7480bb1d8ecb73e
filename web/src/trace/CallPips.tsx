import type { CallState } from '@volley/shared/run/state.ts'
import { type KeyboardEvent, memo, useMemo, useState } from 'react'
import { useSessionStore } from '../state/sessionStore.ts'
import { openCall } from '../state/traceStore.ts'
import { cx } from '../ui/cx.ts'
import { statusWord } from '../ui/StatusDot.tsx'
import { drawnPips, MOST_ROOMY } from './pips.ts'
import './pips.css'

/**
 * Every call of a tool as a mark with its own state. A click opens the call. Where `canFocus`, they are one stop of the keyboard, with
 * arrows from one to the next; a focused one is lit everywhere. Hovering is read by what stands around them, from `data-call`.
 */
export function CallPips({ calls, canFocus }: { calls: readonly CallState[]; canFocus: boolean }) {
  const { drawn, left } = useMemo(() => drawnPips(calls), [calls])
  const [stop, setStop] = useState(0)
  if (calls.length === 0) return null
  const at = Math.min(stop, drawn.length - 1)

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const moves: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: drawn.length - 1 }
    const next = moves[event.key]
    if (next === undefined || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    const pips = event.currentTarget.querySelectorAll<HTMLElement>('button[data-call]')
    pips[Math.max(0, Math.min(drawn.length - 1, next))]?.focus()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; these belong together on a drawing.
    <span
      role="group"
      aria-label="Calls"
      className={cx('call-pips nodrag', calls.length > MOST_ROOMY && 'are-many')}
      onKeyDown={onKeyDown}
    >
      {drawn.map(({ call, status }, index) => (
        <Pip
          key={call}
          call={call}
          status={status}
          tabIndex={canFocus && index === at ? 0 : -1}
          index={index}
          onStop={setStop}
        />
      ))}
      {left.length > 0 && <span className="font-mono text-[10px] text-text-3">+{left.length} done</span>}
      {left.map(({ call, status }) => (
        <span key={call} data-call={call} data-status={status} hidden />
      ))}
    </span>
  )
}

const Pip = memo(function Pip({
  call,
  status,
  tabIndex,
  index,
  onStop,
}: {
  call: number
  status: CallState['status']
  tabIndex: number
  index: number
  onStop(index: number): void
}) {
  const isLit = useSessionStore((store) => store.lit.includes(call))
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      className="call-pip"
      data-call={call}
      data-status={status}
      data-lit={isLit || undefined}
      title={`#${call} ${statusWord(status)}`}
      aria-label={`Call ${call}: ${status === 'running' ? 'in progress' : statusWord(status)}`}
      onFocus={() => {
        onStop(index)
        useSessionStore.getState().light([call])
      }}
      onClick={(event) => {
        event.stopPropagation()
        openCall(call)
      }}
    >
      <span className="status-dot" data-status={status} aria-hidden />
    </button>
  )
})

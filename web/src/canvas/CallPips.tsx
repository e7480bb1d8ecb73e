import type { CallState } from '@volley/shared/run/state.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { statusWord } from '../ui/StatusDot.tsx'

const MOST = 27

/** Every call of a tool as a dot with its own state. Hovering lights the call everywhere, a click opens it. */
export function CallPips({ calls }: { calls: readonly CallState[] }) {
  const light = useSessionStore((store) => store.light)
  const shown = calls.length > MOST ? calls.slice(0, MOST - 1) : calls
  return (
    <span className="call-pips nodrag">
      {shown.map(({ call, status }) => (
        <Pip key={call} call={call} status={status} onLight={light} />
      ))}
      {shown.length < calls.length && (
        <span className="font-mono text-[10px] text-text-3">+{calls.length - shown.length}</span>
      )}
      {calls.slice(shown.length).map(({ call, status }) => (
        <span key={call} data-call={call} data-status={status} hidden />
      ))}
    </span>
  )
}

function Pip({
  call,
  status,
  onLight,
}: {
  call: number
  status: CallState['status']
  onLight: (call: number | null) => void
}) {
  const isLit = useSessionStore((store) => store.litCall === call)
  return (
    <button
      type="button"
      tabIndex={-1}
      className="call-pip"
      data-call={call}
      data-status={status}
      data-lit={isLit || undefined}
      title={`#${call} ${statusWord(status)}`}
      aria-label={`Call ${call}: ${status === 'running' ? 'in progress' : statusWord(status)}`}
      onPointerEnter={() => onLight(call)}
      onPointerLeave={() => onLight(null)}
      onClick={(event) => {
        event.stopPropagation()
        document.querySelector<HTMLElement>(`[data-span="${call}"]`)?.click()
      }}
    >
      <span className="status-dot" data-status={status} aria-hidden />
    </button>
  )
}

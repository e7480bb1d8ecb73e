import type { CallState, RunState } from '@volley/shared/run/state.ts'
import { Check, X } from 'lucide-react'
import { useState } from 'react'
import { decideCall, sentenceOf } from '../api/client.ts'
import { Button } from '../ui/Button.tsx'
import { StatusDot } from '../ui/StatusDot.tsx'
import { JsonBlock } from './JsonBlock.tsx'

/** The calls that wait for a person, each with what it would do and the two ways to decide. Nothing where none waits. */
export function Approvals({ run }: { run: RunState }) {
  const waiting = run.calls.filter((call) => call.status === 'awaiting_approval')
  if (waiting.length === 0) return null
  return (
    <ul aria-label="Waiting for approval" className="m-0 flex list-none flex-col gap-2 p-0">
      {waiting.map((call) => (
        <li key={call.call}>
          <Approval runId={run.id} call={call} />
        </li>
      ))}
    </ul>
  )
}

function Approval({ runId, call }: { runId: string; call: CallState }) {
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const decide = async (approve: boolean) => {
    setBusy(true)
    setFault(null)
    const answer = await decideCall(runId, call.call, { approve })
    setBusy(false)
    // 409: someone else decided in the meantime; the events say how.
    if (!answer.ok && answer.error.status !== 409) setFault(sentenceOf(answer.error))
  }
  return (
    <div className="flex flex-col gap-2 rounded-lg border border-waiting/50 bg-waiting/8 p-2.5">
      <p className="m-0 flex items-center gap-2 text-xs">
        <StatusDot status="awaiting_approval" />
        <span>
          <span className="font-mono">
            #{call.call} {call.tool}
          </span>{' '}
          waits for you. It would be called with:
        </span>
      </p>
      <JsonBlock value={call.arguments ?? call.emittedArguments} label={`Arguments of call ${call.call}`} />
      <div className="flex gap-2">
        <Button size="sm" icon={<Check size={13} aria-hidden />} disabled={busy} onClick={() => void decide(true)}>
          Approve
        </Button>
        <Button
          size="sm"
          variant="ghost"
          icon={<X size={13} aria-hidden />}
          disabled={busy}
          onClick={() => void decide(false)}
        >
          Deny
        </Button>
      </div>
      {fault && (
        <p role="alert" className="m-0 text-xs text-failed-text">
          {fault}
        </p>
      )}
    </div>
  )
}

import type { RunState } from '@volley/shared/run/state.ts'
import {
  applyChange,
  type Change,
  changeTitle,
  type FlowChange,
  hasChange,
  type Played,
} from '@volley/shared/trace/whatIf.ts'
import { Check, X } from 'lucide-react'
import { Link } from 'wouter'
import { paths } from '../../routes.ts'
import { useFlow, useFlowStore } from '../../state/flowStore.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { SectionTitle } from '../../ui/Panel.tsx'
import { keyOf, withoutChange } from './changes.ts'

/** What is tried, each to be taken back, and where the run's flow is open to be made for good, as a step that can be undone. */
export function ChangeList({
  run,
  changes,
  refused,
  isHere,
  onChanges,
}: {
  run: RunState
  changes: readonly Change[]
  refused: Played['refused']
  isHere: boolean
  onChanges(changes: readonly Change[]): void
}) {
  if (changes.length === 0)
    return (
      <p className="m-0 text-xs text-text-2">
        Turn anything below. The run is played again on paper: the same calls with the same arguments.
      </p>
    )
  const faultOf = (change: Change) => refused.find((one) => keyOf(one.change) === keyOf(change))?.message
  const flowId = run.flow.id
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center">
        <SectionTitle className="m-0 flex-1">Tried</SectionTitle>
        <Button size="sm" variant="ghost" onClick={() => onChanges([])}>
          As it was
        </Button>
      </div>
      <ul className="m-0 flex list-none flex-col gap-1 p-0" aria-label="Changes tried">
        {changes.map((change) => (
          <li key={keyOf(change)} className="rounded-md border border-line bg-surface-2 py-1 pr-1 pl-2 text-xs">
            <div className="flex items-center gap-1.5">
              <span className="min-w-0 flex-1 break-words">{changeTitle(change)}</span>
              {isHere && change.change !== 'duration' && !faultOf(change) && <Apply change={change} />}
              <IconButton
                size="sm"
                label={`Take back: ${changeTitle(change)}`}
                icon={<X size={12} />}
                onClick={() => onChanges(withoutChange(changes, keyOf(change)))}
              />
            </div>
            {faultOf(change) && <p className="m-0 text-failed-text">{faultOf(change)}</p>}
          </li>
        ))}
      </ul>
      {!isHere && flowId !== null && changes.some((one) => one.change !== 'duration') && (
        <p className="m-0 text-xs text-text-2">
          To make a change for good,{' '}
          <Link href={paths.flowOfRun(flowId, run.id)} className="text-text-1 underline underline-offset-2">
            open the flow with this run
          </Link>
          .
        </p>
      )}
    </div>
  )
}

function Apply({ change }: { change: FlowChange }) {
  const flow = useFlow((one) => one)
  const isOldVersion = useFlowStore((store) => store.asRan !== null)
  const isThere = hasChange(flow, change)
  const edited = applyChange(flow, change)
  const why = isOldVersion ? 'An older version is open; it cannot be changed.' : edited.ok ? undefined : edited.error
  const title = changeTitle(change)
  if (isThere)
    return (
      <span className="inline-flex items-center gap-1 text-2xs text-succeeded-text">
        <Check size={12} aria-hidden /> in the flow
      </span>
    )
  return (
    <Button
      size="sm"
      aria-label={`Apply to the flow: ${title}`}
      title={why}
      disabled={why !== undefined}
      onClick={() => edited.ok && useFlowStore.getState().change(title, () => edited.value)}
    >
      Apply to the flow
    </Button>
  )
}

import type { RunState } from '@volley/shared/run/state.ts'
import { applyCure, type Cure, cureTitle } from '@volley/shared/trace/findings/cure.ts'
import { RotateCcw, Wand2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { perform, useEnabled } from '../actions/action.ts'
import { runFlow } from '../actions/runFlow.ts'
import { tryCure, tryCureInEditor } from '../actions/tryCure.ts'
import { useFlow, useFlowStore } from '../state/flowStore.ts'
import { Button } from '../ui/Button.tsx'

/** Tries a cure in the flow that is open. What stands there is read off the flow: after an undo it can be tried anew. */
export function CureHere({ run, cure }: { run: RunState; cure: Cure }) {
  const flow = useFlow((one) => one)
  const isOldVersion = useFlowStore((store) => store.asRan !== null)
  const canStart = useEnabled(runFlow)
  const [refused, setRefused] = useState<string | null>(null)
  const state = useMemo(() => applyCure(flow, cure), [flow, cure])
  if (!state.ok && state.error.is === 'gone') return <p className="m-0 text-text-2">{state.error.message}</p>
  const act = async () => {
    if (!state.ok) perform(runFlow)
    else setRefused(isOldVersion ? await tryCureInEditor(run, cure) : tryCure(cure))
  }
  // One button throughout, so that the focus stays where it is.
  return (
    <>
      <Button
        size="sm"
        className="max-w-full"
        icon={state.ok ? <Wand2 size={12} aria-hidden /> : <RotateCcw size={12} aria-hidden />}
        disabled={!state.ok && !canStart}
        onClick={() => void act()}
      >
        <span className="truncate">{state.ok ? cureTitle(cure) : 'Start it again'}</span>
      </Button>
      <span role="status" className="min-w-0 text-text-2">
        {refused ?? (state.ok ? '' : 'The flow has this change now.')}
      </span>
    </>
  )
}

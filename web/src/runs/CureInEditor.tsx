import type { RunState } from '@volley/shared/run/state.ts'
import { type Cure, cureTitle } from '@volley/shared/trace/findings/cure.ts'
import { Wand2 } from 'lucide-react'
import { useState } from 'react'
import { tryCureInEditor } from '../actions/tryCure.ts'
import { Button } from '../ui/Button.tsx'

/** Opens the flow in the editor with a cure made, or says why that cannot be. */
export function CureInEditor({ run, cure }: { run: RunState; cure: Cure }) {
  const [isOpening, setOpening] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const open = async () => {
    setOpening(true)
    setRefused(await tryCureInEditor(run, cure))
    setOpening(false)
  }
  return (
    <>
      <Button
        size="sm"
        className="max-w-full"
        title="Opens the flow in the editor with this change"
        icon={<Wand2 size={12} aria-hidden />}
        disabled={isOpening}
        onClick={() => void open()}
      >
        <span className="truncate">{cureTitle(cure)}</span>
      </Button>
      <span role="status" className="min-w-0 text-text-2">
        {refused}
      </span>
    </>
  )
}

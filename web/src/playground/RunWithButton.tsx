import { Cpu } from 'lucide-react'
import { useFlow } from '../state/flowStore.ts'
import { usePlaygroundStore } from '../state/playgroundStore.ts'
import { Button } from '../ui/Button.tsx'
import { PopoverPanel } from '../ui/PopoverPanel.tsx'
import { OverridesForm } from './OverridesForm.tsx'

/** Another model, parallelism or prompt for the runs from here, to try it before the flow has it. */
export function RunWithButton() {
  const agent = useFlow((flow) => flow.agent)
  const { runWith, setRunWith } = usePlaygroundStore()
  const changed = Object.keys(runWith).length
  return (
    <PopoverPanel
      label="Run with"
      className="max-h-[70vh] w-80"
      trigger={
        <Button size="sm" variant={changed > 0 ? 'outline' : 'ghost'} icon={<Cpu size={13} aria-hidden />}>
          {changed > 0 ? (runWith.model ?? runWith.parallelism ?? 'Changed') : 'Run with'}
        </Button>
      }
    >
      <p className="m-0 text-xs text-text-2">For runs from here alone. The flow stays as it is.</p>
      <OverridesForm agent={agent} value={runWith} onValue={setRunWith} />
      {changed > 0 && (
        <Button size="sm" variant="ghost" onClick={() => setRunWith({})}>
          Back to the flow's own
        </Button>
      )}
    </PopoverPanel>
  )
}

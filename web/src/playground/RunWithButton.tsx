import { Cpu } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useFlow } from '../state/flowStore.ts'
import { usePlaygroundStore } from '../state/playgroundStore.ts'
import { Button } from '../ui/Button.tsx'
import { OverridesForm } from './OverridesForm.tsx'

/** Another model, parallelism or prompt for the runs from here, to try it before the flow has it. */
export function RunWithButton() {
  const agent = useFlow((flow) => flow.agent)
  const { runWith, setRunWith } = usePlaygroundStore()
  const changed = Object.keys(runWith).length
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button size="sm" variant={changed > 0 ? 'outline' : 'ghost'} icon={<Cpu size={13} aria-hidden />}>
          {changed > 0 ? (runWith.model ?? runWith.parallelism ?? 'Changed') : 'Run with'}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Run with"
          className="pop z-50 flex max-h-[70vh] w-80 flex-col gap-3 overflow-y-auto rounded-lg border border-line-strong bg-surface-1 p-3 shadow-float"
        >
          <p className="m-0 text-xs text-text-2">For runs from here alone. The flow stays as it is.</p>
          <OverridesForm agent={agent} value={runWith} onValue={setRunWith} />
          {changed > 0 && (
            <Button size="sm" variant="ghost" onClick={() => setRunWith({})}>
              Back to the flow's own
            </Button>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

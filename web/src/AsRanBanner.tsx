import { History } from 'lucide-react'
import { useEffect } from 'react'
import { goTo, paths } from './routes.ts'
import { useFlowStore } from './state/flowStore.ts'
import { Button } from './ui/Button.tsx'
import { toast } from './ui/toast.tsx'

/** Says that an older version is shown, because it is what ran, and leads to the newest. */
export function AsRanBanner() {
  const asRan = useFlowStore((store) => store.asRan)
  const flowId = useFlowStore((store) => store.flowId)
  useEffect(
    () =>
      useFlowStore.subscribe((now, before) => {
        if (now.refused > before.refused)
          toast.say(
            `Version ${now.asRan} is shown as it ran and cannot be changed.`,
            'Open the newest version to edit it.',
          )
      }),
    [],
  )
  if (asRan === null || flowId === null) return null
  return (
    <div
      role="status"
      className="flex shrink-0 flex-wrap items-center gap-3 border-b border-running/40 bg-running/10 px-4 py-1.5 text-sm"
    >
      <History size={15} aria-hidden className="shrink-0 text-running-text" />
      <span className="min-w-0 flex-1">
        Version {asRan}, as it was when this run began.{' '}
        <span className="text-text-2">It can be looked at, not changed.</span>
      </span>
      <Button size="sm" onClick={() => goTo(paths.flow(flowId))}>
        Open the newest version
      </Button>
    </div>
  )
}

import { History } from 'lucide-react'
import { useEffect } from 'react'
import { goTo, paths } from './routes.ts'
import { useFlowStore } from './state/flowStore.ts'
import { Banner } from './ui/Banner.tsx'
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
    <Banner
      tone="news"
      icon={History}
      more="It can be looked at, not changed."
      actions={
        <Button size="sm" onClick={() => goTo(paths.flow(flowId))}>
          Open the newest version
        </Button>
      }
    >
      Version {asRan}, as it was when this run began.
    </Banner>
  )
}

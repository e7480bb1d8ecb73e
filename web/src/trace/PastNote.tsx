import { History } from 'lucide-react'
import { isLive, useRunStore } from '../state/runStore.ts'
import { Button } from '../ui/Button.tsx'
import { seconds } from './format.ts'

/** Over the canvas while it shows the run as it was: at which time, and the way back. */
export function PastNote() {
  const at = useRunStore((store) => store.at)
  const live = useRunStore((store) => isLive(store.run))
  const seek = useRunStore((store) => store.seek)
  if (at === null) return null
  return (
    <div className="absolute top-2 left-1/2 z-10 flex -translate-x-1/2 items-center gap-2 rounded-lg border border-running/50 bg-surface-1 py-0.5 pr-1 pl-2.5 text-xs whitespace-nowrap shadow-float">
      <History size={13} aria-hidden className="text-running-text" />
      <span>
        As it was at <span className="font-mono tabular-nums">{seconds(at)}</span>
      </span>
      <Button size="sm" variant="ghost" onClick={() => seek(null)}>
        {live ? 'To now' : 'To the end'}
      </Button>
    </div>
  )
}

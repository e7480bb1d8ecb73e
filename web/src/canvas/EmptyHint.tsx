import { MousePointerClick } from 'lucide-react'
import { useFlow } from '../state/flowStore.ts'
import { Kbd } from '../ui/Kbd.tsx'

/** What to do on a canvas without tools. */
export function EmptyHint() {
  const isEmpty = useFlow((flow) => flow.tools.length === 0 && flow.notes.length === 0)
  if (!isEmpty) return null
  return (
    <div className="pointer-events-none absolute inset-0 flex items-center justify-center">
      <div className="flex max-w-72 translate-y-24 flex-col items-center gap-2 text-center">
        <MousePointerClick size={18} className="text-text-3" aria-hidden />
        <p className="m-0 font-semibold">Give the agent its first tool</p>
        <p className="m-0 text-xs text-text-2">
          Press twice where it shall stand, drag one from the left, or press <Kbd keys="/" /> and type. Then draw from
          one tool's right handle to another's left one to make it wait.
        </p>
      </div>
    </div>
  )
}

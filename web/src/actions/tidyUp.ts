import { Network } from 'lucide-react'
import { canvasView } from '../state/view.ts'
import { toast } from '../ui/toast.tsx'
import { action, now } from './action.ts'
import { arrange } from './arrange.ts'
import { targetTools } from './targets.ts'
import { tidiedPlaces } from './tidiedPlaces.ts'

/** Arranges the selected nodes along their edges, or all when fewer than two are selected: one step, undone like any other. */
export const tidyUp = action({
  name: 'Tidy up',
  label: 'Tidy up: arrange the tools along their edges',
  icon: Network,
  keys: ['Mod+Shift+L'],
  enabledWhen: ({ flow }) => flow.tools.length > 0,
  perform: async () => {
    const { flow, selection } = now()
    const isPart = targetTools({ flow, selection }).length > 1
    const sizeOf = (key: string) => canvasView()?.sizeOf(key) ?? null
    try {
      arrange('Tidy up', await tidiedPlaces(flow, sizeOf, isPart ? selection : []))
    } catch {
      return void toast.problem('The tools could not be arranged.', 'Reload the page and try again.')
    }
    if (!isPart) requestAnimationFrame(() => canvasView()?.fit())
  },
})

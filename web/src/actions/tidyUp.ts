import { Network } from 'lucide-react'
import { canvasView } from '../state/view.ts'
import { toast } from '../ui/toast.tsx'
import { action, now } from './action.ts'
import { arrange } from './arrange.ts'
import { targetTools } from './targets.ts'
import { tidyBoxes, tidyGraph, tidyPlaces } from './tidyGraph.ts'

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
    const boxes = tidyBoxes(flow, (key) => canvasView()?.sizeOf(key) ?? null, isPart ? selection : [])
    try {
      const { arrangeGraph } = await import('./layoutEngine.ts')
      const arranged = await arrangeGraph(tidyGraph(flow, boxes))
      arrange('Tidy up', tidyPlaces(arranged, boxes))
    } catch {
      return void toast.problem('The tools could not be arranged.', 'Reload the page and try again.')
    }
    if (!isPart) requestAnimationFrame(() => canvasView()?.fit())
  },
})

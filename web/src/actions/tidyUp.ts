import { move } from '@volley/shared/flow/edit.ts'
import { Network } from 'lucide-react'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { canvasView } from '../state/view.ts'
import { action } from './action.ts'
import { tidyPlaces } from './layout.ts'

/** Arranges all nodes along the edges: one step, undone like any other. */
export const tidyUp = action({
  name: 'Tidy up',
  label: 'Tidy up: arrange the tools along their edges',
  icon: Network,
  keys: ['Mod+Shift+L'],
  enabledWhen: ({ flow }) => flow.tools.length > 0,
  perform: async () => {
    const places = await tidyPlaces(currentFlow(), (key) => canvasView()?.sizeOf(key) ?? null)
    useFlowStore.getState().change('Tidy up', (flow) => move(flow, places))
    requestAnimationFrame(() => canvasView()?.fit())
  },
})

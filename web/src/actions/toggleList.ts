import { ListTree } from 'lucide-react'
import { useFlowView } from '../state/flowView.ts'
import { action } from './action.ts'

/** The same flow as a list, and back as a drawing; the choice stays in this browser. */
export const toggleList = action({
  name: 'List or canvas',
  label: 'Show the flow as a list, or as a canvas',
  icon: ListTree,
  keys: ['Mod+Shift+O'],
  inFields: true,
  perform: () => {
    const { view, show } = useFlowView.getState()
    show(view === 'list' ? 'canvas' : 'list')
  },
})

import { Maximize } from 'lucide-react'
import { canvasView } from '../state/view.ts'
import { action } from './action.ts'

export const fitView = action({
  name: 'Fit view',
  label: 'Show the whole flow',
  icon: Maximize,
  keys: ['Shift+1'],
  perform: () => canvasView()?.fit(),
})

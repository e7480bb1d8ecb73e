import { Search } from 'lucide-react'
import { canvasView } from '../state/view.ts'
import { action } from './action.ts'

export const zoomToFull = action({
  name: 'Zoom to 100 %',
  icon: Search,
  keys: ['Shift+0'],
  perform: () => canvasView()?.zoomTo(1),
})

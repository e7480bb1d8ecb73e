import { ZoomIn } from 'lucide-react'
import { canvasView } from '../state/view.ts'
import { action } from './action.ts'

export const ZOOM_STEP = 1.25

// Without Ctrl or ⌘: those keys make the whole page larger, which people need who see badly.
export const zoomIn = action({
  name: 'Zoom in',
  icon: ZoomIn,
  keys: ['Plus', '='],
  perform: () => canvasView()?.zoom(ZOOM_STEP),
})

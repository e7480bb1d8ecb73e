import { ZoomOut } from 'lucide-react'
import { canvasView } from '../state/view.ts'
import { action } from './action.ts'
import { ZOOM_STEP } from './zoomIn.ts'

export const zoomOut = action({
  name: 'Zoom out',
  icon: ZoomOut,
  keys: ['-'],
  perform: () => canvasView()?.zoom(1 / ZOOM_STEP),
})

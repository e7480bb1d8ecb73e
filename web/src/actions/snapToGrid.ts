import { Grid2x2 } from 'lucide-react'
import { useChoices } from '../state/choices.ts'
import { action } from './action.ts'

/** Whether dragged nodes snap to the dots. Alignment with other nodes goes before it. */
export const snapToGrid = action({
  name: 'Snap to grid',
  label: 'Snap to grid, or no longer',
  icon: Grid2x2,
  perform: () => {
    const { snapsToGrid, setSnapsToGrid } = useChoices.getState()
    setSnapsToGrid(!snapsToGrid)
  },
})

import { useStore } from '@xyflow/react'
import { fitView } from '../actions/fitView.ts'
import { snapToGrid } from '../actions/snapToGrid.ts'
import { zoomIn } from '../actions/zoomIn.ts'
import { zoomOut } from '../actions/zoomOut.ts'
import { zoomToFull } from '../actions/zoomToFull.ts'
import { zoomToSelection } from '../actions/zoomToSelection.ts'
import { ActionItem } from '../menus/ActionItem.tsx'
import { useChoices } from '../state/choices.ts'
import { Menu, MenuSeparator } from '../ui/Menu.tsx'

/** How large the drawing is shown, and all that changes it. */
export function ZoomMenu() {
  const percent = useStore((store) => Math.round(store.transform[2] * 100))
  const snapsToGrid = useChoices((store) => store.snapsToGrid)
  return (
    <Menu
      side="top"
      trigger={
        <button
          type="button"
          aria-label={`Zoom: ${percent} %`}
          className="inline-flex h-[30px] w-14 shrink-0 items-center justify-center rounded-md border border-transparent font-mono text-2xs text-text-2 hover:bg-surface-3 hover:text-text-1"
        >
          {percent} %
        </button>
      }
    >
      <ActionItem action={zoomIn} />
      <ActionItem action={zoomOut} />
      <ActionItem action={zoomToFull} />
      <ActionItem action={fitView} />
      <ActionItem action={zoomToSelection} />
      <MenuSeparator />
      <ActionItem action={snapToGrid} checked={snapsToGrid} />
    </Menu>
  )
}

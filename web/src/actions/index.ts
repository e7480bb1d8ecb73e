import type { Action } from './action.ts'
import { addAfter, insertOnSelected } from './addBeside.ts'
import { addNote } from './addNote.ts'
import { addToolActions } from './addTool.ts'
import { alignActions, distributeActions } from './align.ts'
import { connectSelected } from './connectSelected.ts'
import { copySelected } from './copySelected.ts'
import { cutSelected } from './cutSelected.ts'
import { deleteSelected } from './deleteSelected.ts'
import { duplicateSelected } from './duplicateSelected.ts'
import { exportFlow } from './exportFlow.ts'
import { fitView } from './fitView.ts'
import { focusPalette } from './focusPalette.ts'
import { groupSelected, ungroupSelected } from './groupSelected.ts'
import { pasteCopied } from './pasteCopied.ts'
import { redoChange } from './redoChange.ts'
import { renameTool } from './renameTool.ts'
import { runFlow } from './runFlow.ts'
import { selectAll } from './selectAll.ts'
import { showCommands } from './showCommands.ts'
import { showFind } from './showFind.ts'
import { showImport } from './showImport.ts'
import { showMcp } from './showMcp.ts'
import { showOpenApi } from './showOpenApi.ts'
import { showPreview } from './showPreview.ts'
import { showShortcuts } from './showShortcuts.ts'
import { showTour } from './showTour.ts'
import { showVersions } from './showVersions.ts'
import { snapToGrid } from './snapToGrid.ts'
import { stopFlow } from './stopFlow.ts'
import { switchEdgeKind } from './switchEdgeKind.ts'
import { tidyUp } from './tidyUp.ts'
import { toggleList } from './toggleList.ts'
import { undoChange } from './undoChange.ts'
import { zoomIn } from './zoomIn.ts'
import { zoomOut } from './zoomOut.ts'
import { zoomToFull } from './zoomToFull.ts'
import { zoomToSelection } from './zoomToSelection.ts'

/** Actions that belong together, under a word for them. */
export interface ActionGroup {
  title: string
  actions: readonly Action[]
}

/** Everything one can do in the editor, in the order of the command list and of the sheet of keys. */
export const ACTION_GROUPS: readonly ActionGroup[] = [
  { title: 'Run', actions: [runFlow, stopFlow] },
  { title: 'Add', actions: [focusPalette, ...addToolActions, addAfter, insertOnSelected, addNote] },
  {
    title: 'Edit',
    actions: [
      undoChange,
      redoChange,
      copySelected,
      cutSelected,
      pasteCopied,
      duplicateSelected,
      deleteSelected,
      selectAll,
      renameTool,
      connectSelected,
      switchEdgeKind,
      groupSelected,
      ungroupSelected,
    ],
  },
  { title: 'Arrange', actions: [tidyUp, ...alignActions, ...distributeActions, snapToGrid] },
  { title: 'Look', actions: [fitView, zoomToSelection, zoomIn, zoomOut, zoomToFull, toggleList, showPreview] },
  { title: 'Find', actions: [showCommands, showFind, showShortcuts] },
  { title: 'Flow', actions: [exportFlow, showImport, showOpenApi, showMcp, showVersions, showTour] },
]

export const ACTIONS: readonly Action[] = ACTION_GROUPS.flatMap((group) => group.actions)

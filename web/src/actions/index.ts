import type { Action } from './action.ts'
import { addAfter, insertOnSelected } from './addBeside.ts'
import { addNote } from './addNote.ts'
import { addToolActions } from './addTool.ts'
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
import { runFlow } from './runFlow.ts'
import { selectAll } from './selectAll.ts'
import { showCommands } from './showCommands.ts'
import { showImport } from './showImport.ts'
import { showMcp } from './showMcp.ts'
import { showOpenApi } from './showOpenApi.ts'
import { showPreview } from './showPreview.ts'
import { showTour } from './showTour.ts'
import { showVersions } from './showVersions.ts'
import { stopFlow } from './stopFlow.ts'
import { tidyUp } from './tidyUp.ts'
import { undoChange } from './undoChange.ts'

/** Everything one can do in the editor, in the order of the command list. */
export const ACTIONS: readonly Action[] = [
  runFlow,
  stopFlow,
  ...addToolActions,
  addAfter,
  insertOnSelected,
  addNote,
  undoChange,
  redoChange,
  copySelected,
  cutSelected,
  pasteCopied,
  duplicateSelected,
  deleteSelected,
  groupSelected,
  ungroupSelected,
  selectAll,
  connectSelected,
  tidyUp,
  fitView,
  focusPalette,
  showPreview,
  exportFlow,
  showImport,
  showOpenApi,
  showMcp,
  showVersions,
  showTour,
  showCommands,
]

import type { Action } from '../actions/action.ts'
import { addAfter, insertOnSelected } from '../actions/addBeside.ts'
import { connectSelected } from '../actions/connectSelected.ts'
import { copySelected } from '../actions/copySelected.ts'
import { cutSelected } from '../actions/cutSelected.ts'
import { deleteSelected } from '../actions/deleteSelected.ts'
import { duplicateSelected } from '../actions/duplicateSelected.ts'
import { groupSelected, ungroupSelected } from '../actions/groupSelected.ts'
import { renameTool } from '../actions/renameTool.ts'
import { switchEdgeKind } from '../actions/switchEdgeKind.ts'

// What can be done with what is selected, in the order of menus: at the pointer on the canvas and in the inspector's head.

const CLIPBOARD = [copySelected, cutSelected, duplicateSelected]
const GROUPS = [groupSelected, ungroupSelected]

export const TOOL_ACTIONS: readonly Action[] = [
  renameTool,
  addAfter,
  connectSelected,
  ...CLIPBOARD,
  ...GROUPS,
  deleteSelected,
]
export const SEVERAL_ACTIONS: readonly Action[] = [...CLIPBOARD, ...GROUPS, deleteSelected]
export const EDGE_ACTIONS: readonly Action[] = [switchEdgeKind, insertOnSelected, deleteSelected]

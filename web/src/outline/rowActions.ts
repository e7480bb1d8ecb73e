import { renameTool } from '@volley/shared/flow/edit.ts'
import { swapTools } from '@volley/shared/flow/editOrder.ts'
import { isEnabled, perform } from '../actions/action.ts'
import { deleteSelected } from '../actions/deleteSelected.ts'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { edgeKey, noteKey, useSessionStore } from '../state/sessionStore.ts'
import { focusRow, useOutline } from './outlineStore.ts'
import { neighbourOf, stepsOf } from './stepsOf.ts'

// What the keys and the menu of a row do.

/** Gives a tool its new name and stays on it. Answers why where it cannot have it. */
export function rename(from: string, to: string): string | null {
  const renamed = renameTool(currentFlow(), from, to)
  if (!renamed.ok) return renamed.error
  useFlowStore.getState().change(`Rename ${from} to ${to}`, () => renamed.value)
  const { selection, select } = useSessionStore.getState()
  select(selection.map((key) => (key === from ? to : key)))
  const { expanded, expand } = useOutline.getState()
  if (expanded.has(from)) expand([to], true)
  return null
}

/** Lets a tool change places with its neighbour in the same step. */
export function shift(tool: string, by: -1 | 1): void {
  const other = neighbourOf(stepsOf(currentFlow()), tool, by)
  if (other === null) return
  useFlowStore.getState().change(`Move ${tool} ${by === -1 ? 'up' : 'down'}`, (flow) => swapTools(flow, tool, other))
  focusRow(tool)
}

/** Deletes the row, and with it what else is selected when it is selected itself. The focus goes to the row that is next. */
export function deleteRow(key: string): void {
  if (!isInFlow(key)) return
  const { selection, select } = useSessionStore.getState()
  if (!selection.includes(key)) select([key])
  const gone = new Set(useSessionStore.getState().selection)
  if (!isEnabled(deleteSelected)) return
  const rows = [...document.querySelectorAll<HTMLElement>('[role="treeitem"][data-row]')]
  const at = rows.findIndex((row) => row.dataset.row === key)
  const isGone = (row: HTMLElement) => gone.has(row.dataset.row ?? '') || gone.has(row.dataset.of ?? '')
  const next = rows.slice(at).find((row) => !isGone(row)) ?? rows.slice(0, at).findLast((row) => !isGone(row))
  perform(deleteSelected)
  if (next?.dataset.row) focusRow(next.dataset.row)
}

function isInFlow(key: string): boolean {
  const { tools, edges, notes } = currentFlow()
  return (
    tools.some(({ name }) => name === key) ||
    edges.some((edge) => edgeKey(edge) === key) ||
    notes.some(({ id }) => noteKey(id) === key)
  )
}

import { selectedTools } from '../state/selection.ts'
import { type Now, now } from './action.ts'

/** The tool that something begins at: the one that has the keyboard's focus, else the only one that is selected. */
export function startTool(at: Pick<Now, 'flow' | 'selection'> = now()): string | null {
  const focused = focusedTool(at.flow)
  if (focused !== null) return focused
  const [only, ...others] = selectedTools(at.flow, at.selection)
  return only !== undefined && others.length === 0 ? only : null
}

/** The tools that an action is about: the selected ones, else the one that has the keyboard's focus. */
export function targetTools({ flow, selection }: Pick<Now, 'flow' | 'selection'> = now()): string[] {
  const chosen = selectedTools(flow, selection)
  if (chosen.length > 0 || selection.length > 0) return chosen
  const focused = focusedTool(flow)
  return focused === null ? [] : [focused]
}

function focusedTool(flow: Now['flow']): string | null {
  const name = document.activeElement?.closest<HTMLElement>('[data-tool]')?.dataset.tool
  return name !== undefined && flow.tools.some((tool) => tool.name === name) ? name : null
}

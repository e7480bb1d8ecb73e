import { selectedTools } from '../state/selection.ts'
import { type Now, now } from './action.ts'

/** The tools that an action is about: the selected ones, else the one that has the keyboard's focus. */
export function targetTools({ flow, selection }: Pick<Now, 'flow' | 'selection'> = now()): string[] {
  const chosen = selectedTools(flow, selection)
  if (chosen.length > 0 || selection.length > 0) return chosen
  const focused = document.activeElement?.closest<HTMLElement>('[data-tool]')?.dataset.tool
  return focused !== undefined && flow.tools.some((tool) => tool.name === focused) ? [focused] : []
}

import { Spline } from 'lucide-react'
import { useDialogs } from '../state/dialogs.ts'
import { action } from './action.ts'
import { targetTools } from './targets.ts'

/** Draws an edge without a pointer: from the tool that is selected or focused to one that is chosen by name. */
export const connectSelected = action({
  name: 'Connect to …',
  label: 'Connect this tool to another',
  icon: Spline,
  keys: ['E'],
  enabledWhen: (now) => now.flow.tools.length > 0 && targetTools(now).length === 1,
  perform: () => useDialogs.getState().show('connect'),
})

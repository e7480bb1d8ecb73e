import { Spline } from 'lucide-react'
import { useConnecting } from '../state/connecting.ts'
import { useDialogs } from '../state/dialogs.ts'
import { action } from './action.ts'
import { startTool } from './targets.ts'

/** Draws an edge without a pointer: from the tool that is selected or focused to one that is chosen by name. */
export const connectSelected = action({
  name: 'Connect to …',
  label: 'Connect this tool to another',
  icon: Spline,
  keys: ['E'],
  enabledWhen: (now) => startTool(now) !== null,
  perform: () => {
    const tool = startTool()
    if (tool === null) return
    useConnecting.getState().begin(tool, 'out')
    useDialogs.getState().show('connect')
  },
})

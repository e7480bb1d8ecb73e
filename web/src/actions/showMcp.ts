import { Plug } from 'lucide-react'
import { useDialogs } from '../state/dialogs.ts'
import { action } from './action.ts'

export const showMcp = action({
  name: 'MCP server',
  label: 'Add tools of an MCP server',
  icon: Plug,
  perform: () => useDialogs.getState().show('mcp'),
})

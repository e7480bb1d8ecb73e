import { Command } from 'lucide-react'
import { useDialogs } from '../state/dialogs.ts'
import { action } from './action.ts'

/** The searchable list of everything one can do. */
export const showCommands = action({
  name: 'Commands',
  icon: Command,
  keys: ['Mod+K'],
  inFields: true,
  perform: () => useDialogs.getState().show('commands'),
})

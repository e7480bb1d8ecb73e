import { Keyboard } from 'lucide-react'
import { useDialogs } from '../state/dialogs.ts'
import { action } from './action.ts'

/** Every key there is. */
export const showShortcuts = action({
  name: 'Keyboard shortcuts',
  icon: Keyboard,
  keys: ['?'],
  perform: () => useDialogs.getState().show('shortcuts'),
})

import { History } from 'lucide-react'
import { useDialogs } from '../state/dialogs.ts'
import { action } from './action.ts'

export const showVersions = action({
  name: 'Versions',
  label: 'Show the saved versions',
  icon: History,
  perform: () => useDialogs.getState().show('versions'),
})

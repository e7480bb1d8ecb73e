import { Import } from 'lucide-react'
import { useDialogs } from '../state/dialogs.ts'
import { action } from './action.ts'

export const showImport = action({
  name: 'Import',
  label: 'Import a flow or tools',
  icon: Import,
  perform: () => useDialogs.getState().show('import'),
})

import { FileJson2 } from 'lucide-react'
import { useDialogs } from '../state/dialogs.ts'
import { action } from './action.ts'

export const showOpenApi = action({
  name: 'OpenAPI',
  label: 'Add operations of an OpenAPI document',
  icon: FileJson2,
  perform: () => useDialogs.getState().show('openapi'),
})

import { ListTree } from 'lucide-react'
import { useDialogs } from '../state/dialogs.ts'
import { action } from './action.ts'

/** Opens the preview of a hand-picked volley: nothing is run. */
export const showPreview = action({
  name: 'What would run',
  label: 'Preview what would run at once, and what would wait',
  icon: ListTree,
  enabledWhen: ({ flow }) => flow.tools.length > 0,
  perform: () => useDialogs.getState().show('preview'),
})

import { clipOf } from '@volley/shared/flow/edit.ts'
import { CopyPlus } from 'lucide-react'
import { currentFlow } from '../state/flowStore.ts'
import { action } from './action.ts'
import { pasteTools } from './clipboard.ts'
import { targetTools } from './targets.ts'

/** Copies the selected tools beside themselves, with the edges between them. */
export const duplicateSelected = action({
  name: 'Duplicate',
  label: 'Duplicate the selected tools',
  icon: CopyPlus,
  keys: ['Mod+D'],
  enabledWhen: (now) => targetTools(now).length > 0,
  perform: () => pasteTools('Duplicate', clipOf(currentFlow(), targetTools())),
})

import { CopyPlus } from 'lucide-react'
import { currentFlow } from '../state/flowStore.ts'
import { action } from './action.ts'
import { clipWithPlaces, pasteClip } from './clipboard.ts'
import { targetKeys, targetNotes, targetTools } from './targets.ts'

/** Copies the selected tools and notes beside themselves, with the edges between them. */
export const duplicateSelected = action({
  name: 'Duplicate',
  label: 'Duplicate what is selected',
  icon: CopyPlus,
  keys: ['Mod+D'],
  enabledWhen: (now) => targetKeys(now).length > 0,
  perform: () => void pasteClip('Duplicate', clipWithPlaces(currentFlow(), targetTools(), targetNotes())),
})

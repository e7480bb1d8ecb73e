import { TextSearch } from 'lucide-react'
import { useDialogs } from '../state/dialogs.ts'
import { useFindStore } from '../state/findStore.ts'
import { action } from './action.ts'

/** The bar that finds and replaces words anywhere in the flow. */
export const showFind = action({
  name: 'Find and replace',
  label: 'Find and replace in the flow',
  icon: TextSearch,
  keys: ['Mod+F'],
  inFields: true,
  enabledWhen: () => useDialogs.getState().open === null,
  perform: () => useFindStore.getState().open(),
})

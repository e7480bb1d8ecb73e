import { Scissors } from 'lucide-react'
import { action } from './action.ts'
import { copySelected } from './copySelected.ts'
import { deleteTargets } from './deleteSelected.ts'
import { canCopy } from './targets.ts'

/** Copies the selected tools and notes and takes them away: one step. */
export const cutSelected = action({
  name: 'Cut',
  label: 'Cut what is selected',
  icon: Scissors,
  keys: ['Mod+X'],
  enabledWhen: canCopy,
  perform: () => {
    void copySelected.perform()
    deleteTargets('Cut')
  },
  clipboard: {
    event: 'cut',
    handle: (data) => {
      copySelected.clipboard?.handle(data)
      deleteTargets('Cut')
    },
  },
})

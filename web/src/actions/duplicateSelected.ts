import { duplicate } from '@volley/shared/flow/edit.ts'
import { CopyPlus } from 'lucide-react'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { action } from './action.ts'
import { targetTools } from './targets.ts'

export const duplicateSelected = action({
  name: 'Duplicate',
  label: 'Duplicate the selected tools',
  icon: CopyPlus,
  keys: ['Mod+D'],
  enabledWhen: (now) => targetTools(now).length > 0,
  perform: () => {
    const { flow, names } = duplicate(currentFlow(), targetTools())
    useFlowStore.getState().change('Duplicate', () => flow)
    useSessionStore.getState().select(names)
  },
})

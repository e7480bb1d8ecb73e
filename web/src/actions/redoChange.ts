import { Redo2 } from 'lucide-react'
import { useFlowStore } from '../state/flowStore.ts'
import { canRedo } from '../state/history.ts'
import { action } from './action.ts'

export const redoChange = action({
  name: 'Redo',
  icon: Redo2,
  keys: ['Mod+Shift+Z', 'Mod+Y'],
  enabledWhen: ({ history }) => canRedo(history),
  perform: () => useFlowStore.getState().redo(),
})

import { Redo2 } from 'lucide-react'
import { useFlowStore } from '../state/flowStore.ts'
import { canRedo } from '../state/history.ts'
import { action } from './action.ts'
import { stepLabel } from './stepNames.ts'

export const redoChange = action({
  name: 'Redo',
  icon: Redo2,
  labelNow: ({ history }) => stepLabel('Redo', history.future[0]),
  keys: ['Mod+Shift+Z', 'Mod+Y'],
  enabledWhen: ({ history }) => canRedo(history),
  perform: () => useFlowStore.getState().redo(),
})

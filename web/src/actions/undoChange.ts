import { Undo2 } from 'lucide-react'
import { useFlowStore } from '../state/flowStore.ts'
import { canUndo } from '../state/history.ts'
import { action } from './action.ts'

export const undoChange = action({
  name: 'Undo',
  icon: Undo2,
  keys: ['Mod+Z'],
  enabledWhen: ({ history }) => canUndo(history),
  perform: () => useFlowStore.getState().undo(),
})

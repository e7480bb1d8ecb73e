import { Undo2 } from 'lucide-react'
import { useFlowStore } from '../state/flowStore.ts'
import { canUndo } from '../state/history.ts'
import { action } from './action.ts'
import { stepLabel } from './stepNames.ts'

export const undoChange = action({
  name: 'Undo',
  icon: Undo2,
  labelNow: ({ history }) => stepLabel('Undo', history.past.at(-1)),
  keys: ['Mod+Z'],
  enabledWhen: ({ history }) => canUndo(history),
  perform: () => useFlowStore.getState().undo(),
})

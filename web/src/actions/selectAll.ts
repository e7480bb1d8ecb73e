import { BoxSelect } from 'lucide-react'
import { currentFlow } from '../state/flowStore.ts'
import { noteKey, useSessionStore } from '../state/sessionStore.ts'
import { action } from './action.ts'

export const selectAll = action({
  name: 'Select all',
  icon: BoxSelect,
  keys: ['Mod+A'],
  enabledWhen: ({ flow }) => flow.tools.length + flow.notes.length > 0,
  perform: () => {
    const { tools, notes } = currentFlow()
    useSessionStore.getState().select([...tools.map((tool) => tool.name), ...notes.map((note) => noteKey(note.id))])
  },
})

import { addNote as addNoteTo } from '@volley/shared/flow/edit.ts'
import { StickyNote } from 'lucide-react'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { noteKey, useSessionStore } from '../state/sessionStore.ts'
import { canvasView } from '../state/view.ts'
import { action } from './action.ts'

/** Puts an empty note in the middle of what is seen. */
export const addNote = action({
  name: 'Note',
  label: 'Add a note',
  icon: StickyNote,
  perform: () => {
    const taken = new Set(currentFlow().notes.map((note) => note.id))
    let number = taken.size + 1
    while (taken.has(`n${number}`)) number++
    const id = `n${number}`
    const { x, y } = canvasView()?.centre() ?? { x: 0, y: 200 }
    useFlowStore
      .getState()
      .change('Add note', (flow) => addNoteTo(flow, { id, x: Math.round(x - 90), y: Math.round(y - 40), text: '' }))
    useSessionStore.getState().select([noteKey(id)])
  },
})

import { addNote as addNoteTo, freeNoteId } from '@volley/shared/flow/edit.ts'
import { StickyNote } from 'lucide-react'
import { useEditing } from '../state/editing.ts'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { noteKey, useSessionStore } from '../state/sessionStore.ts'
import { canvasView } from '../state/view.ts'
import { action } from './action.ts'

/** Puts an empty note in the middle of what is seen, ready to be written. */
export const addNote = action({
  name: 'Note',
  label: 'Add a note',
  icon: StickyNote,
  perform: () => {
    const id = freeNoteId(currentFlow().notes.map((note) => note.id))
    const { x, y } = canvasView()?.centre() ?? { x: 0, y: 200 }
    useFlowStore
      .getState()
      .change('Add a note', (flow) => addNoteTo(flow, { id, x: Math.round(x - 90), y: Math.round(y - 40), text: '' }))
    useSessionStore.getState().select([noteKey(id)])
    useEditing.getState().edit(noteKey(id))
  },
})

import { updateNote } from '@volley/shared/flow/edit.ts'
import type { Note } from '@volley/shared/flow/flow.ts'
import { Pencil, StickyNote, Trash2 } from 'lucide-react'
import { useFlowStore } from '../state/flowStore.ts'
import { noteKey } from '../state/sessionStore.ts'
import { MenuItem } from '../ui/Menu.tsx'
import { TextArea } from '../ui/TextInput.tsx'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'
import { focusRow, useOutline } from './outlineStore.ts'
import { deleteRow } from './rowActions.ts'
import { TreeRow } from './TreeRow.tsx'

/** A note in the list; its text is written in place. */
export function NoteRow({ note }: { note: Note }) {
  const key = noteKey(note.id)
  const isEditing = useOutline((store) => store.editing === key)
  const edit = useOutline((store) => store.edit)
  const end = () => {
    edit(null)
    useFlowStore.getState().seal()
  }
  return (
    <TreeRow
      rowKey={key}
      level={1}
      find="note"
      menu={
        <>
          <MenuItem icon={<Pencil size={14} />} keys="F2" onSelect={() => edit(key)}>
            Edit
          </MenuItem>
          <MenuItem icon={<Trash2 size={14} />} keys="Del" danger onSelect={() => deleteRow(key)}>
            Delete
          </MenuItem>
        </>
      }
    >
      <span className="outline-icon">
        <StickyNote size={13} aria-hidden />
      </span>
      <VisuallyHidden>Note:</VisuallyHidden>
      {isEditing ? (
        <TextArea
          ref={(area) => area?.focus()}
          aria-label="Note text"
          value={note.text}
          onChange={({ target }) =>
            useFlowStore
              .getState()
              .change('Edit note', (flow) => updateNote(flow, note.id, { text: target.value }), `note:${note.id}`)
          }
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            end()
            focusRow(key)
          }}
          onBlur={end}
        />
      ) : (
        <span className="min-w-0 flex-1 truncate text-xs text-text-2">{note.text || 'An empty note'}</span>
      )}
    </TreeRow>
  )
}

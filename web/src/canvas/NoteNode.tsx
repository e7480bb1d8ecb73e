import { updateNote } from '@volley/shared/flow/edit.ts'
import type { Note } from '@volley/shared/flow/flow.ts'
import { shorten } from '@volley/shared/lib/words.ts'
import type { NodeProps } from '@xyflow/react'
import { type KeyboardEvent, memo } from 'react'
import { useEditing } from '../state/editing.ts'
import { useFlowStore } from '../state/flowStore.ts'
import { noteKey, useSessionStore } from '../state/sessionStore.ts'
import { Prose } from '../trace/Prose.tsx'
import { cx } from '../ui/cx.ts'
import { NoteCorner, resizeByKey } from './NoteCorner.tsx'
import { nudgeByKey } from './nudge.ts'
import type { NoteNodeType } from './toReactFlow.ts'

/** A few words that belong to the drawing and mean nothing to the agent: Markdown, shown as what it means until it is edited. */
export const NoteNode = memo(function NoteNode({ data, selected }: NodeProps<NoteNodeType>) {
  const { note } = data
  const isEditing = useEditing(({ key }) => key === noteKey(note.id))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this is a thing on a drawing that can be focused and moved.
    <div
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: Tab reaches the note, Enter edits it, arrows move it.
      tabIndex={0}
      className={cx('note-node', selected && 'is-selected')}
      style={{ width: note.width, height: note.height }}
      data-note={note.id}
      aria-label={note.text.trim() ? `Note: ${shorten(note.text.trim(), 80)}` : 'Empty note'}
      onDoubleClick={() => useEditing.getState().edit(noteKey(note.id))}
      onKeyDown={(event) => onKey(event, note)}
      onBlur={() => useFlowStore.getState().seal()}
    >
      {isEditing ? <NoteField note={note} /> : <NoteWords text={note.text} />}
      {selected && <NoteCorner note={note} />}
    </div>
  )
})

function NoteWords({ text }: { text: string }) {
  return (
    <div className="note-words nowheel" dir="auto">
      {text.trim() ? <Prose text={text} /> : <p className="m-0 text-text-2">Empty note: press twice to write.</p>}
    </div>
  )
}

function NoteField({ note: { id, text } }: { note: Note }) {
  return (
    <textarea
      aria-label="Note text"
      className="nodrag nowheel"
      placeholder="Write a note …"
      value={text}
      ref={(element) => {
        if (element && document.activeElement !== element) element.focus()
      }}
      onChange={({ target }) =>
        useFlowStore
          .getState()
          .change('Edit the note', (flow) => updateNote(flow, id, { text: target.value }), `note:${id}`)
      }
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.closest<HTMLElement>('[data-note]')?.focus()
      }}
      onBlur={() => useEditing.getState().edit(null)}
    />
  )
}

function onKey(event: KeyboardEvent<HTMLElement>, note: Note) {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return
  if (resizeByKey(event, note)) return
  if (nudgeByKey(event, noteKey(note.id))) return
  if (event.key === 'Enter' || event.key === 'F2') {
    event.preventDefault()
    useSessionStore.getState().select([noteKey(note.id)])
    useEditing.getState().edit(noteKey(note.id))
  } else if (event.key === ' ') {
    event.preventDefault()
    useSessionStore.getState().select([noteKey(note.id)])
  } else if (event.key === 'Escape') useSessionStore.getState().select([])
}

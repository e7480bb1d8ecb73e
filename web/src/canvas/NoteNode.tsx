import { updateNote } from '@volley/shared/flow/edit.ts'
import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useFlowStore } from '../state/flowStore.ts'
import { cx } from '../ui/cx.ts'
import type { NoteNodeType } from './toReactFlow.ts'

/** A few words that belong to the drawing and mean nothing to the agent. */
export const NoteNode = memo(function NoteNode({ data, selected }: NodeProps<NoteNodeType>) {
  const { id, text } = data.note
  return (
    <div className={cx('note-node', selected && 'is-selected')}>
      <textarea
        aria-label="Note text"
        className="nodrag nowheel"
        placeholder="Write a note …"
        value={text}
        onChange={({ target }) =>
          useFlowStore
            .getState()
            .change('Edit note', (flow) => updateNote(flow, id, { text: target.value }), `note:${id}`)
        }
        onBlur={() => useFlowStore.getState().seal()}
      />
    </div>
  )
})

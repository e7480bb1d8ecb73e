import { updateGroup } from '@volley/shared/flow/editGroups.ts'
import type { Group } from '@volley/shared/flow/flow.ts'
import { Pencil } from 'lucide-react'
import { useRef } from 'react'
import { GroupItems } from '../menus/GroupItems.tsx'
import { useFlowStore } from '../state/flowStore.ts'
import { groupKey, useSessionStore } from '../state/sessionStore.ts'
import { counted } from '../trace/format.ts'
import { MenuItem } from '../ui/Menu.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'
import { focusRow, useOutline } from './outlineStore.ts'
import { TreeRow } from './TreeRow.tsx'

/** A group in the list. Enter and a click select its tools, as they do on its frame. */
export function GroupRow({ group }: { group: Group }) {
  const key = groupKey(group.id)
  const isEditing = useOutline((store) => store.editing === key)
  const isWhole = useSessionStore(({ selection }) => group.tools.every((name) => selection.includes(name)))
  const edit = useOutline((store) => store.edit)
  return (
    <TreeRow
      rowKey={key}
      level={1}
      find={group.name}
      isSelectable={false}
      aria-selected={isWhole}
      data-tool-group={group.id}
      menu={
        <>
          <MenuItem icon={<Pencil size={14} />} keys="F2" onSelect={() => edit(key)}>
            Rename
          </MenuItem>
          <GroupItems group={group} />
        </>
      }
    >
      <span className="outline-icon">
        <span className="group-swatch" data-color={group.color} aria-hidden />
      </span>
      <VisuallyHidden>Group</VisuallyHidden>
      {isEditing ? (
        <NameField group={group} />
      ) : (
        <span className="min-w-0 max-w-64 shrink-0 truncate text-sm font-semibold">{group.name}</span>
      )}
      <span className="min-w-0 flex-1 truncate text-xs text-text-2">
        {counted(group.tools.length, 'tool')}: {group.tools.join(', ')}
      </span>
    </TreeRow>
  )
}

function NameField({ group }: { group: Group }) {
  const name = useRef(group.name)
  const end = () => {
    useOutline.getState().edit(null)
    useFlowStore
      .getState()
      .change(`Rename the group ${group.name}`, (flow) => updateGroup(flow, group.id, { name: name.current }))
  }
  return (
    <TextInput
      autoFocus
      aria-label="Group name"
      defaultValue={group.name}
      maxLength={200}
      className="h-7 w-64"
      onFocus={({ target }) => target.select()}
      onChange={({ target }) => {
        name.current = target.value
      }}
      onBlur={end}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        if (event.key === 'Escape') name.current = group.name
        end()
        focusRow(groupKey(group.id))
      }}
    />
  )
}

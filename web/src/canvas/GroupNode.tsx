import { updateGroup } from '@volley/shared/flow/editGroups.ts'
import type { Group } from '@volley/shared/flow/flow.ts'
import type { NodeProps } from '@xyflow/react'
import { Ellipsis } from 'lucide-react'
import { type KeyboardEvent, type MouseEvent, memo } from 'react'
import { GroupItems } from '../menus/GroupItems.tsx'
import { useEditing } from '../state/editing.ts'
import { useFlowStore } from '../state/flowStore.ts'
import { groupKey, useSessionStore } from '../state/sessionStore.ts'
import { cx } from '../ui/cx.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Menu } from '../ui/Menu.tsx'
import { nudgeByKey } from './nudge.ts'
import type { GroupNodeType } from './toReactFlow.ts'

/** A named frame around tools that belong together for the eye. The agent never sees it. */
export const GroupNode = memo(function GroupNode({ data }: NodeProps<GroupNodeType>) {
  const { group } = data
  const isSelected = useSessionStore(({ selection }) => group.tools.every((name) => selection.includes(name)))
  const isEditing = useEditing(({ key }) => key === groupKey(group.id))
  const count = `${group.tools.length} ${group.tools.length === 1 ? 'tool' : 'tools'}`
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this is a thing on a drawing that can be focused and moved.
    <div
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: Tab reaches the frame, Enter selects its tools, arrows move them.
      tabIndex={0}
      className={cx('group-frame', isSelected && 'is-selected')}
      data-tool-group={group.id}
      data-color={group.color}
      aria-label={`Group ${group.name}, ${count}`}
      onClick={(event) => selectMembers(event, group)}
      onKeyDown={(event) => onKey(event, group)}
      onBlur={() => useFlowStore.getState().seal()}
    >
      <div className="group-title">
        {isEditing ? (
          <NameField group={group} />
        ) : (
          <button
            type="button"
            className="group-name"
            aria-label={`Rename the group ${group.name}`}
            // A press of the mouse selects, two of them rename; by keyboard or voice one is enough.
            onClick={(event) => {
              if (event.detail !== 1) useEditing.getState().edit(groupKey(group.id))
            }}
          >
            {group.name}
          </button>
        )}
        <span aria-hidden className="group-count">
          {group.tools.length}
        </span>
        <GroupMenu group={group} />
      </div>
    </div>
  )
})

function NameField({ group }: { group: Group }) {
  const end = (name: string | null) => {
    useEditing.getState().edit(null)
    if (name !== null)
      useFlowStore.getState().change(`Rename the group ${group.name}`, (flow) => updateGroup(flow, group.id, { name }))
  }
  return (
    <input
      aria-label="Group name"
      className="group-name nodrag"
      defaultValue={group.name}
      maxLength={200}
      ref={(element) => {
        if (element && document.activeElement !== element) element.select()
      }}
      onBlur={({ target }) => end(target.value)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        const frame = event.currentTarget.closest<HTMLElement>('[data-tool-group]')
        if (event.key === 'Escape') event.currentTarget.value = group.name
        frame?.focus()
      }}
    />
  )
}

function GroupMenu({ group }: { group: Group }) {
  return (
    <Menu
      trigger={
        <IconButton
          size="sm"
          side="top"
          label={`More for the group ${group.name}`}
          tip="Colour, ungroup"
          icon={<Ellipsis size={14} />}
          className="group-more nodrag"
          onClick={(event) => event.stopPropagation()}
        />
      }
    >
      <GroupItems group={group} />
    </Menu>
  )
}

function selectMembers(event: MouseEvent, group: Group) {
  const { selection, select } = useSessionStore.getState()
  const isMore = event.shiftKey || event.metaKey || event.ctrlKey
  select(isMore ? [...new Set([...selection, ...group.tools])] : group.tools)
}

function onKey(event: KeyboardEvent, group: Group) {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
  if (nudgeByKey(event, groupKey(group.id))) return
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault()
    useSessionStore.getState().select(group.tools)
  } else if (event.key === 'F2') useEditing.getState().edit(groupKey(group.id))
  else if (event.key === 'Escape') useSessionStore.getState().select([])
}

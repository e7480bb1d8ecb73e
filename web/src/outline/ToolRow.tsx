import type { Edge, Tool } from '@volley/shared/flow/flow.ts'
import {
  ArrowDown,
  ArrowUp,
  Copy,
  CopyPlus,
  Link2,
  Pencil,
  SlidersHorizontal,
  Trash2,
  TriangleAlert,
} from 'lucide-react'
import { memo } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { perform } from '../actions/action.ts'
import { copySelected } from '../actions/copySelected.ts'
import { duplicateSelected } from '../actions/duplicateSelected.ts'
import { onMac, showKeys } from '../actions/keys.ts'
import { kindLabel, toolKind } from '../actions/toolKinds.ts'
import { currentFlow } from '../state/flowStore.ts'
import { placeOf, useProblems } from '../state/problems.ts'
import { openProperties } from '../state/properties.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { CallPips } from '../trace/CallPips.tsx'
import { lightingOf } from '../trace/lighting.ts'
import { useLitToolRun } from '../trace/toolRun.ts'
import { MenuItem, MenuSeparator } from '../ui/Menu.tsx'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'
import { NameField } from './NameField.tsx'
import { useOutline } from './outlineStore.ts'
import { deleteRow, shift } from './rowActions.ts'
import { ToolDetails } from './ToolDetails.tsx'
import { TreeRow } from './TreeRow.tsx'

/** A tool in the list: all that its node on the canvas says, in one line. Its edges, problems and calls stand under it. */
export const ToolRow = memo(function ToolRow({
  tool,
  step,
  edges,
}: {
  tool: Tool
  step: number
  /** Those that lead to it. */
  edges: readonly Edge[]
}) {
  const { name } = tool
  const { calls, status, lit, line } = useLitToolRun(name)
  const problems = useProblems(
    useShallow((store) => store.problems.filter((one) => placeOf(one, currentFlow()).key === name)),
  )
  const isEditing = useOutline((store) => store.editing === name)
  const kind = toolKind(tool.run.kind)
  const after = edges.map((edge) => edge.from).join(', ')
  return (
    <TreeRow
      rowKey={name}
      level={1}
      find={name}
      isParent={edges.length + problems.length + calls.length > 0}
      data-tool={name}
      data-status={status}
      data-lit={lit.length > 0 ? '' : undefined}
      {...lightingOf(calls)}
      menu={<ToolMenu name={name} />}
      under={<ToolDetails tool={name} edges={edges} problems={problems} calls={calls} />}
    >
      <span className="outline-icon">
        <kind.icon size={13} aria-hidden />
      </span>
      {isEditing ? (
        <NameField name={name} />
      ) : (
        <span className="min-w-0 max-w-64 shrink-0 truncate font-mono text-sm font-semibold">{name}</span>
      )}
      <VisuallyHidden>
        , {kind.title}, {after === '' ? 'waits for no tool' : `step ${step},`}
      </VisuallyHidden>
      <span className="min-w-0 flex-1 truncate text-xs text-text-2" aria-hidden>
        {tool.description}
      </span>
      {after !== '' && <span className="min-w-0 max-w-56 truncate text-xs text-text-2">after {after}</span>}
      {problems.length > 0 && (
        <span className="inline-flex shrink-0 items-center gap-1 text-xs text-failed-text" title={problems[0]?.message}>
          <TriangleAlert size={12} aria-hidden />
          {problems.length}
          <VisuallyHidden>{problems.length === 1 ? 'problem' : 'problems'}</VisuallyHidden>
        </span>
      )}
      {line && (
        <span className="max-w-52 truncate font-mono text-[11px] text-text-2" title={line.more}>
          <span data-state={line.status} className="font-semibold text-status-text">
            {line.words}
          </span>{' '}
          {line.more}
        </span>
      )}
      {/* For the eye and the mouse; who listens finds each call in a row of its own. */}
      <span aria-hidden className="contents">
        <CallPips calls={calls} canFocus={false} />
      </span>
      <span className="w-12 shrink-0 text-right font-mono text-[11px] text-text-3">{kindLabel(tool)}</span>
    </TreeRow>
  )
})

function ToolMenu({ name }: { name: string }) {
  const { edit, chooseDependencies } = useOutline.getState()
  const onTool = (action: typeof copySelected) => {
    useSessionStore.getState().select([name])
    perform(action)
  }
  const keys = (action: typeof copySelected) => action.keys[0] && showKeys(action.keys[0], onMac())
  return (
    <>
      <MenuItem icon={<SlidersHorizontal size={14} />} keys="↵" onSelect={() => openProperties([name])}>
        Properties
      </MenuItem>
      <MenuItem icon={<Pencil size={14} />} keys="F2" onSelect={() => edit(name)}>
        Rename
      </MenuItem>
      <MenuItem icon={<Link2 size={14} />} onSelect={() => chooseDependencies(name)}>
        Choose what it waits for …
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<ArrowUp size={14} />} keys="Alt ↑" onSelect={() => shift(name, -1)}>
        Move up
      </MenuItem>
      <MenuItem icon={<ArrowDown size={14} />} keys="Alt ↓" onSelect={() => shift(name, 1)}>
        Move down
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Copy size={14} />} keys={keys(copySelected)} onSelect={() => onTool(copySelected)}>
        Copy
      </MenuItem>
      <MenuItem icon={<CopyPlus size={14} />} keys={keys(duplicateSelected)} onSelect={() => onTool(duplicateSelected)}>
        Duplicate
      </MenuItem>
      <MenuItem icon={<Trash2 size={14} />} keys="Del" danger onSelect={() => deleteRow(name)}>
        Delete
      </MenuItem>
    </>
  )
}

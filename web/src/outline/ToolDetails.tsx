import type { Edge } from '@volley/shared/flow/flow.ts'
import type { Problem } from '@volley/shared/flow/problem.ts'
import type { CallState } from '@volley/shared/run/state.ts'
import { MoveRight, SlidersHorizontal, TriangleAlert, Unlink } from 'lucide-react'
import { openProperties } from '../state/properties.ts'
import { useRunStore } from '../state/runStore.ts'
import { edgeKey, useSessionStore } from '../state/sessionStore.ts'
import { lightingOf } from '../trace/lighting.ts'
import { callLine } from '../trace/toolLine.ts'
import { MenuItem } from '../ui/Menu.tsx'
import { StatusDot } from '../ui/StatusDot.tsx'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'
import { deleteRow } from './rowActions.ts'
import { TreeRow } from './TreeRow.tsx'

/** What stands under a tool: the edges that lead to it, what is wrong with it, and its calls in the run. */
export function ToolDetails({
  tool,
  edges,
  problems,
  calls,
}: {
  tool: string
  edges: readonly Edge[]
  problems: readonly Problem[]
  calls: readonly CallState[]
}) {
  return (
    <>
      {edges.map((edge) => (
        <EdgeRow key={edgeKey(edge)} edge={edge} />
      ))}
      {problems.map((problem) => (
        <TreeRow
          key={`${problem.pointer} ${problem.message}`}
          rowKey={`${tool} ${problem.pointer} ${problem.message}`}
          of={tool}
          level={2}
          isSelectable={false}
        >
          <TriangleAlert size={12} aria-hidden className="shrink-0 text-failed-text" />
          <VisuallyHidden>Problem:</VisuallyHidden>
          <span className="min-w-0 truncate text-xs">{problem.message}</span>
        </TreeRow>
      ))}
      {calls.map((call) => (
        <CallRow key={call.call} tool={tool} call={call} />
      ))}
    </>
  )
}

function EdgeRow({ edge }: { edge: Edge }) {
  const key = edgeKey(edge)
  const values = Object.entries(edge.map ?? {}).map(([parameter, path]) => `${parameter} from ${path}`)
  const what = edge.kind === 'order' ? 'order' : values.length > 0 ? `data: ${values.join(', ')}` : 'data'
  const failure = edge.onFailure === 'continue' ? 'goes on if it fails' : 'skipped if it fails'
  return (
    <TreeRow
      rowKey={key}
      of={edge.to}
      level={2}
      find={edge.from}
      data-edge={key}
      menu={
        <>
          <MenuItem icon={<SlidersHorizontal size={14} />} keys="↵" onSelect={() => openProperties([key])}>
            Properties
          </MenuItem>
          <MenuItem icon={<Unlink size={14} />} keys="Del" danger onSelect={() => deleteRow(key)}>
            Disconnect
          </MenuItem>
        </>
      }
    >
      <MoveRight size={12} aria-hidden className="shrink-0 text-text-3" />
      <VisuallyHidden>Runs</VisuallyHidden>
      <span className="shrink-0 text-xs text-text-2">
        after <span className="font-mono text-text-1">{edge.from}</span>
      </span>
      <span className="min-w-0 flex-1 truncate font-mono text-[11px] text-text-2">{what}</span>
      <span className="text-xs text-text-3">{failure}</span>
    </TreeRow>
  )
}

function CallRow({ tool, call }: { tool: string; call: CallState }) {
  const line = useRunStore(({ shown }) => callLine(shown, call.call)?.more ?? '')
  const isLit = useSessionStore((store) => store.lit.includes(call.call))
  return (
    <TreeRow
      rowKey={callKey(call.call)}
      of={tool}
      level={2}
      isSelectable={false}
      data-lit={isLit ? '' : undefined}
      {...lightingOf([call])}
    >
      <StatusDot status={call.status} />
      <VisuallyHidden>Call</VisuallyHidden>
      <span className="shrink-0 font-mono text-xs">#{call.call}</span>
      <span className="min-w-0 truncate text-xs text-text-2">{line}</span>
    </TreeRow>
  )
}

export const callKey = (call: number) => `#${call}`

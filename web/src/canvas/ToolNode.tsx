import type { Tool } from '@volley/shared/flow/flow.ts'
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { type KeyboardEvent, memo, useState } from 'react'
import { kindLabel, toolKind } from '../actions/toolKinds.ts'
import { connectRole, useConnecting } from '../state/connecting.ts'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { firstProblem, useProblems } from '../state/problems.ts'
import { openProperties } from '../state/properties.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { CallPips } from '../trace/CallPips.tsx'
import { lightingOf } from '../trace/lighting.ts'
import { MOST_ROOMY } from '../trace/pips.ts'
import { useLitToolRun } from '../trace/toolRun.ts'
import { cx } from '../ui/cx.ts'
import { statusWord } from '../ui/StatusDot.tsx'
import { NameInPlace } from './NameInPlace.tsx'
import { nudgeByKey } from './nudge.ts'
import type { ToolNodeType } from './toReactFlow.ts'

/** A tool on the canvas. What of a run it shows comes from the run's own store, one selector for each node. */
export const ToolNode = memo(function ToolNode({ id, data, selected }: NodeProps<ToolNodeType>) {
  const { tool } = data
  const { calls, status, lit, line } = useLitToolRun(id)
  const problem = useProblems(({ problems }) => firstProblem(problems, currentFlow(), id))
  const role = useConnecting((store) => connectRole(store, id))
  const kind = toolKind(tool.run.kind)
  const lighting = lightingOf(calls)
  // The pips are stops of the keyboard only from within the node: a small drawing would bring such stops too close together.
  const [isFocused, setFocused] = useState(false)
  const areMany = calls.length > MOST_ROOMY
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this is a thing on a drawing that can be focused and moved.
    <div
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: Tab reaches every tool, Enter opens it, arrows move it.
      tabIndex={0}
      className={cx('tool-node', selected && 'is-selected', lit.length > 0 && 'is-lit')}
      data-tool={id}
      data-status={status}
      data-connect={role}
      aria-label={`${id}, ${kind.title}, ${status === 'running' ? 'in progress' : statusWord(status)}`}
      onKeyDown={(event) => onKey(event, id)}
      {...lighting}
      onFocus={(event) => {
        lighting.onFocus(event)
        setFocused(true)
      }}
      onBlur={(event) => {
        lighting.onBlur()
        setFocused(event.currentTarget.contains(event.relatedTarget))
        useFlowStore.getState().seal()
      }}
    >
      <Handle type="target" position={Position.Left} data-handle="in" />
      <div className="node-head">
        <NodeIcon kind={tool.run.kind} />
        <NameInPlace name={id} />
        {!areMany && <CallPips calls={calls} canFocus={isFocused} />}
      </div>
      <p className="node-words" dir="auto">
        {tool.description || <span className="text-text-3">No description yet</span>}
      </p>
      {areMany && <CallPips calls={calls} canFocus={isFocused} />}
      <div className="node-foot">
        {line ? (
          <span className="min-w-0 truncate" title={line.more}>
            <span data-status={line.status} className="font-semibold text-status-text">
              {line.words}
            </span>
            {line.more && <span className="ml-2">{line.more}</span>}
          </span>
        ) : (
          <span className={cx('min-w-0 truncate', problem && 'text-failed-text')} title={problem}>
            {problem ? `⚠ ${problem}` : parameterWords(tool.parameters.properties)}
          </span>
        )}
        <span className="ml-auto shrink-0">{kindLabel(tool)}</span>
      </div>
      <Handle type="source" position={Position.Right} data-handle="out" />
    </div>
  )
})

const NodeIcon = memo(function NodeIcon({ kind }: { kind: Tool['run']['kind'] }) {
  const { icon: Icon } = toolKind(kind)
  return (
    <span className="node-icon">
      <Icon size={14} aria-hidden />
    </span>
  )
})

function onKey(event: KeyboardEvent, id: string) {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
  if (nudgeByKey(event, id)) return
  if (event.key === 'Enter') {
    event.preventDefault()
    openProperties([id])
  } else if (event.key === ' ') {
    event.preventDefault()
    useSessionStore.getState().select([id])
  } else if (event.key === 'Escape') useSessionStore.getState().select([])
}

function parameterWords(properties: unknown): string {
  const names = Object.keys((properties ?? {}) as object)
  return names.length === 0 ? 'no parameters' : names.join(', ')
}

import { Handle, type NodeProps, Position } from '@xyflow/react'
import { Bot } from 'lucide-react'
import { type KeyboardEvent, memo } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { openProperties } from '../state/properties.ts'
import { useRunStore } from '../state/runStore.ts'
import { AGENT } from '../state/sessionStore.ts'
import { agentLine } from '../trace/agentLine.ts'
import { cx } from '../ui/cx.ts'
import type { AgentNodeType } from './toReactFlow.ts'

/** The agent: what it is told, and how far it is in a run. */
export const AgentNode = memo(function AgentNode({ data, selected }: NodeProps<AgentNodeType>) {
  const { agent } = data
  const line = useRunStore(useShallow(({ shown, run }) => agentLine(shown, run)))
  const busy = line?.isModelBusy ? `, ${line.doing}` : ''
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this is a thing on a drawing that can be focused.
    <div
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: Tab reaches the agent, Enter opens it.
      tabIndex={0}
      className={cx('tool-node agent-node', selected && 'is-selected')}
      data-agent=""
      data-thinking={line?.isModelBusy || undefined}
      data-status={line ? 'model' : 'idle'}
      aria-label={`Agent, model ${agent.model}${line ? `, ${line.turn}` : ''}${busy}`}
      onKeyDown={onKey}
    >
      <div className="node-head">
        <span className="node-icon">
          <Bot size={14} aria-hidden />
        </span>
        <span className="node-name">agent</span>
        {line && <span className="agent-doing">{line.doing}</span>}
      </div>
      <p className="node-words">{agent.system || <span className="text-text-3">No system prompt</span>}</p>
      <div className="node-foot">
        {line ? (
          <span className="font-semibold text-model-text">{line.turn}</span>
        ) : (
          <span className="min-w-0 truncate">{agent.model}</span>
        )}
        <span className="ml-auto shrink-0">{line && line.tokens > 0 ? `${line.tokens} tok` : agent.provider}</span>
      </div>
      <Handle type="source" position={Position.Right} isConnectable={false} className="agent-handle" />
    </div>
  )
})

function onKey(event: KeyboardEvent) {
  if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  openProperties([AGENT])
}

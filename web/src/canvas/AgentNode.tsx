import { Handle, type NodeProps, Position } from '@xyflow/react'
import { Bot } from 'lucide-react'
import { type KeyboardEvent, memo } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { useRunStore } from '../state/runStore.ts'
import { AGENT, useSessionStore } from '../state/sessionStore.ts'
import { cx } from '../ui/cx.ts'
import type { AgentNodeType } from './toReactFlow.ts'

/** The agent: what it is told, and how far it is in a run. */
export const AgentNode = memo(function AgentNode({ data, selected }: NodeProps<AgentNodeType>) {
  const { agent } = data
  const [turn, isThinking, tokens] = useRunStore(
    useShallow(({ run }) => {
      const last = run?.turns.at(-1)
      const used = run ? run.usage.inputTokens + run.usage.outputTokens : 0
      return [last?.turn ?? 0, !!last && last.messageFinishedAt === null && run?.summary === null, used] as const
    }),
  )
  const status = turn > 0 ? 'model' : 'idle'
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this is a thing on a drawing that can be focused.
    <div
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: Tab reaches the agent, Enter opens it.
      tabIndex={0}
      className={cx('tool-node agent-node', selected && 'is-selected')}
      data-agent=""
      data-thinking={isThinking || undefined}
      data-status={status}
      aria-label={`Agent, model ${agent.model}${isThinking ? ', answering' : ''}`}
      onKeyDown={onKey}
    >
      <div className="node-head">
        <span className="node-icon">
          <Bot size={14} aria-hidden />
        </span>
        <span className="node-name">agent</span>
      </div>
      <p className="node-words">{agent.system || <span className="text-text-3">No system prompt</span>}</p>
      <div className="node-foot">
        {turn > 0 ? (
          <span className="font-semibold text-model-text">
            turn {turn}
            {isThinking ? ' …' : ''}
          </span>
        ) : (
          <span className="min-w-0 truncate">{agent.model}</span>
        )}
        <span className="ml-auto shrink-0">{tokens > 0 ? `${tokens} tok` : agent.provider}</span>
      </div>
      <Handle type="source" position={Position.Right} isConnectable={false} className="agent-handle" />
    </div>
  )
})

function onKey(event: KeyboardEvent) {
  if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  useSessionStore.getState().select([AGENT])
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-inspector-first]')?.focus())
}

import { Bot, SlidersHorizontal } from 'lucide-react'
import { useShallow } from 'zustand/react/shallow'
import { useFlow } from '../state/flowStore.ts'
import { openProperties } from '../state/properties.ts'
import { useRunStore } from '../state/runStore.ts'
import { AGENT } from '../state/sessionStore.ts'
import { agentLine } from '../trace/agentLine.ts'
import { MenuItem } from '../ui/Menu.tsx'
import { TreeRow } from './TreeRow.tsx'

/** The agent at the head of the list: its model, and how far it is in a run. */
export function AgentRow() {
  const agent = useFlow((flow) => flow.agent)
  const line = useRunStore(useShallow(({ shown, run }) => agentLine(shown, run)))
  const words = line ? `${line.turn}, ${line.doing}` : ''
  return (
    <TreeRow
      rowKey={AGENT}
      level={1}
      find="agent"
      data-agent=""
      data-status={line ? 'model' : 'idle'}
      menu={
        <MenuItem icon={<SlidersHorizontal size={14} />} keys="↵" onSelect={() => openProperties([AGENT])}>
          Properties
        </MenuItem>
      }
    >
      <span className="outline-icon text-model-text">
        <Bot size={13} aria-hidden />
      </span>
      <span className="shrink-0 font-mono text-sm font-semibold">agent</span>
      <span className="min-w-0 flex-1 truncate text-xs text-text-2" aria-hidden>
        {agent.system || 'No system prompt'}
      </span>
      {words && <span className="shrink-0 font-mono text-[11px] text-model-text">{words}</span>}
      {line && line.tokens > 0 && <span className="shrink-0 font-mono text-[11px] text-text-3">{line.tokens} tok</span>}
      <span className="shrink-0 font-mono text-[11px] text-text-3">{agent.model}</span>
    </TreeRow>
  )
}

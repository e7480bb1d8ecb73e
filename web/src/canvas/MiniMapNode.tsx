import type { MiniMapNodeProps } from '@xyflow/react'
import { AGENT, groupKey } from '../state/sessionStore.ts'
import { useToolRun } from '../trace/toolRun.ts'

const GROUP = groupKey('')

/** A node in the small map, in the colour of its state. */
export function MiniMapNode({ id, x, y, width, height }: MiniMapNodeProps) {
  const { status } = useToolRun(id)
  if (id.startsWith(GROUP))
    return (
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx={20}
        style={{ fill: 'none', stroke: 'var(--line-strong)', strokeWidth: 6 }}
      />
    )
  const fill = id === AGENT ? 'var(--model)' : status === 'idle' ? 'var(--line-strong)' : 'var(--status)'
  return <rect data-status={status} x={x} y={y} width={width} height={height} rx={14} style={{ fill }} />
}

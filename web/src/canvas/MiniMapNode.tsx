import type { MiniMapNodeProps } from '@xyflow/react'
import { toolStatus, useRunStore } from '../state/runStore.ts'
import { AGENT, groupKey } from '../state/sessionStore.ts'

const GROUP = groupKey('')

/** A node in the small map, in the colour of its state. */
export function MiniMapNode({ id, x, y, width, height }: MiniMapNodeProps) {
  const status = useRunStore((store) => toolStatus(store.shown, id))
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

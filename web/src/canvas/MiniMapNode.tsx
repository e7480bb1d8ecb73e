import type { MiniMapNodeProps } from '@xyflow/react'
import { toolStatus, useRunStore } from '../state/runStore.ts'
import { AGENT } from '../state/sessionStore.ts'

/** A node in the small map, in the colour of its state. */
export function MiniMapNode({ id, x, y, width, height }: MiniMapNodeProps) {
  const status = useRunStore((store) => toolStatus(store.shown, id))
  const fill = id === AGENT ? 'var(--model)' : status === 'idle' ? 'var(--line-strong)' : 'var(--status)'
  return <rect data-status={status} x={x} y={y} width={width} height={height} rx={14} style={{ fill }} />
}

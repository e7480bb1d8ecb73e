import { useStore } from '@xyflow/react'
import { useMemo } from 'react'
import { seenFromAfar } from './seenFromAfar.ts'

/**
 * The element over the nodes in which edges put their labels. React Flow's own `EdgeLabelRenderer` looks it up anew for every edge
 * at every change of its store, so at every frame of a pan; here it is looked up once an edge. Null from afar, but for a selected edge.
 */
export function useLabelLayer(isSelected: boolean): Element | null {
  const drawing = useStore((store) => (isSelected || !seenFromAfar(store) ? store.domNode : null))
  return useMemo(() => drawing?.querySelector('.react-flow__edgelabel-renderer') ?? null, [drawing])
}

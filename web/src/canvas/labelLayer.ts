import { useStore } from '@xyflow/react'
import { useMemo } from 'react'

/**
 * The element over the nodes in which edges put their labels. React Flow's own `EdgeLabelRenderer` looks it up anew for every edge
 * at every change of its store, so at every frame of a pan; here it is looked up once an edge.
 */
export function useLabelLayer(): Element | null {
  const drawing = useStore((store) => store.domNode)
  return useMemo(() => drawing?.querySelector('.react-flow__edgelabel-renderer') ?? null, [drawing])
}

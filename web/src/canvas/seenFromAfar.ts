import type { ReactFlowState } from '@xyflow/react'

const READABLE_ZOOM = 0.38

/** Zoomed out so far that a node's words and an edge's label cannot be read; or not yet fitted into sight, when nobody knows. */
export const seenFromAfar = ({ transform, fitViewQueued }: ReactFlowState): boolean =>
  fitViewQueued || transform[2] < READABLE_ZOOM

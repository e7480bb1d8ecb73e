import { useStore, ViewportPortal } from '@xyflow/react'
import { useGuides } from './dragSnap.ts'

/** The lines on which a dragged node meets others. */
export function SnapGuides() {
  const guides = useGuides((store) => store.guides)
  return guides.length === 0 ? null : <Lines />
}

function Lines() {
  const guides = useGuides((store) => store.guides)
  const pixel = useStore((store) => 1 / store.transform[2])
  return (
    <ViewportPortal>
      {guides.map(({ axis, at, from, to }) => (
        <div
          key={axis}
          className="snap-guide"
          data-axis={axis}
          style={
            axis === 'x'
              ? { left: at - pixel / 2, top: from, width: pixel, height: to - from }
              : { left: from, top: at - pixel / 2, width: to - from, height: pixel }
          }
        />
      ))}
    </ViewportPortal>
  )
}

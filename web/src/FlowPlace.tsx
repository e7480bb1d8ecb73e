import { lazy, Suspense } from 'react'
import { Canvas } from './canvas/Canvas.tsx'
import { useFlowStore } from './state/flowStore.ts'
import { useFlowView } from './state/flowView.ts'
import { PastNote } from './trace/PastNote.tsx'
import { ViewToggle } from './ViewToggle.tsx'

const Outline = lazy(() => import('./outline/Outline.tsx').then((module) => ({ default: module.Outline })))

/** Where one works on the flow: its drawing or its list, one of them at a time. */
export function FlowPlace() {
  const opened = useFlowStore((store) => store.opened)
  const view = useFlowView((store) => store.view)
  return (
    <div className="relative h-full">
      <ViewToggle />
      <PastNote />
      {view === 'canvas' ? (
        <Canvas key={opened} />
      ) : (
        <Suspense>
          <Outline key={opened} />
        </Suspense>
      )}
    </div>
  )
}

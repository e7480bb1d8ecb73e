import type { Tool } from '@volley/shared/flow/flow.ts'
import { lazy, Suspense, useState } from 'react'

const ModelView = lazy(() => import('./ModelView.tsx'))

/** The tool as the model gets to read it, for each provider; worked out only while it is looked at. */
export function ModelPreview({ tool }: { tool: Tool }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="group" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="cursor-default text-xs font-medium text-text-2 select-none">
        What the model sees <span className="font-normal text-text-3">for each provider, as it is sent</span>
      </summary>
      <div className="pt-1.5">
        <Suspense>{isOpen && <ModelView tool={tool.name} />}</Suspense>
      </div>
    </details>
  )
}

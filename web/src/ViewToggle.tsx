import { ListTree, Workflow } from 'lucide-react'
import { ToggleGroup } from 'radix-ui'
import { type FlowView, useFlowView } from './state/flowView.ts'

const VIEWS = [
  { view: 'canvas', name: 'Canvas', icon: Workflow },
  { view: 'list', name: 'List', icon: ListTree },
] as const

/** The flow as a drawing or as a list. */
export function ViewToggle() {
  const { view, show } = useFlowView()
  return (
    <ToggleGroup.Root
      type="single"
      value={view}
      aria-label="How the flow is shown"
      className="absolute top-2 right-2 z-10 flex gap-0.5 rounded-lg border border-line bg-surface-1 p-0.5 shadow-float"
      onValueChange={(value) => value !== '' && show(value as FlowView)}
    >
      {VIEWS.map(({ view: one, name, icon: Icon }) => (
        <ToggleGroup.Item
          key={one}
          value={one}
          className="inline-flex h-6 items-center gap-1.5 rounded-md px-2 text-xs font-medium text-text-2 hover:text-text-1 data-[state=on]:bg-surface-3 data-[state=on]:text-text-1"
        >
          <Icon size={12} aria-hidden />
          {name}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}

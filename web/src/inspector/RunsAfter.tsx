import { connect, disconnect } from '@volley/shared/flow/editEdges.ts'
import type { Tool } from '@volley/shared/flow/flow.ts'
import { useFlow, useFlowStore } from '../state/flowStore.ts'
import { Combobox } from '../ui/Combobox.tsx'
import { toast } from '../ui/toast.tsx'
import { EdgeForm } from './EdgeForm.tsx'
import { tryChange } from './edits.ts'

/** The tools that this one depends on: chosen by name, each with its kind and values. */
export function RunsAfter({ tool }: { tool: Tool }) {
  const tools = useFlow((flow) => flow.tools)
  const edges = useFlow((flow) => flow.edges)
  const incoming = edges.filter((edge) => edge.to === tool.name)
  const chosen = new Set(incoming.map((edge) => edge.from))
  const toggle = (name: string) => {
    if (chosen.has(name)) {
      useFlowStore
        .getState()
        .change('Remove edge', (flow) =>
          incoming.filter((edge) => edge.from === name).reduce((left, edge) => disconnect(left, edge), flow),
        )
      return
    }
    const refused = tryChange(`Connect ${name} to ${tool.name}`, (flow) => connect(flow, name, tool.name))
    if (refused) toast.problem('These two cannot be connected.', refused)
  }
  return (
    <div className="flex flex-col gap-1.5">
      <Combobox
        label="Runs after"
        placeholder={chosen.size === 0 ? 'nothing: it starts at once' : 'another tool …'}
        options={tools.map((one) => one.name).filter((name) => name !== tool.name)}
        chosen={chosen}
        onToggle={toggle}
        emptyText="There is no other tool of that name."
      />
      {incoming.map((edge) => (
        <EdgeForm key={`${edge.from} ${edge.kind}`} edge={edge} folded />
      ))}
    </div>
  )
}

import type { Tool } from '@volley/shared/flow/flow.ts'
import { useFlow } from '../state/flowStore.ts'

/** The tool as the model gets to read it. */
export function ModelPreview({ tool }: { tool: Tool }) {
  const edges = useFlow((flow) => flow.edges)
  const mapped = edges.filter((edge) => edge.to === tool.name && edge.map)
  const seen = { name: tool.name, description: tool.description ?? '', parameters: tool.parameters }
  return (
    <details className="group">
      <summary className="cursor-default text-xs font-medium text-text-2 select-none">
        What the model sees <span className="font-normal text-text-3">name, description, schema</span>
      </summary>
      <pre className="mt-1.5 mb-0 max-h-72 overflow-auto rounded-md border border-line bg-surface-2 p-2.5 font-mono text-2xs leading-[1.55] whitespace-pre-wrap text-text-2">
        {JSON.stringify(seen, null, 2)}
      </pre>
      {mapped.length > 0 && (
        <p className="mt-1.5 mb-0 text-xs text-text-3">
          In graph mode the filled parameters are hidden from it; in their place it names the call of{' '}
          {mapped.map((edge) => edge.from).join(' and ')} to take the values from.
        </p>
      )}
    </details>
  )
}

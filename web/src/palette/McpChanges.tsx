import { updateTool } from '@volley/shared/flow/edit.ts'
import { diffMcpTools, type McpChange } from '@volley/shared/flow/mcpTools.ts'
import { useFlow, useFlowStore } from '../state/flowStore.ts'
import { Button } from '../ui/Button.tsx'
import { toast } from '../ui/toast.tsx'

/** What a server says otherwise now than the flow's copies of its tools do: shown as a difference, taken over by a person or not at all. */
export function McpChanges({ server, listed }: { server: string; listed: readonly unknown[] }) {
  const tools = useFlow((flow) => flow.tools)
  const { changed, removed } = diffMcpTools(tools, server, listed)
  if (changed.length === 0 && removed.length === 0) return null
  const takeOver = ({ before, after }: McpChange) => {
    useFlowStore.getState().change(`Take over ${before.name}`, (flow) => updateTool(flow, before.name, () => after))
    toast.done(`“${before.name}” is as its server says now.`)
  }
  return (
    <section
      aria-label="Changed since"
      className="flex flex-col gap-2 rounded-lg border border-waiting/40 bg-waiting/8 p-3"
    >
      <p className="m-0 text-xs text-text-1">
        This flow has tools of “{server}” that the server describes otherwise now. The flow keeps its own until you take
        them over.
      </p>
      <ul className="m-0 flex list-none flex-col gap-2 p-0">
        {changed.map((change) => (
          <li key={change.before.name} className="flex items-start gap-3">
            <details className="min-w-0 flex-1">
              <summary className="cursor-default py-1 text-xs">
                <span className="font-mono font-semibold">{change.before.name}</span>{' '}
                <span className="text-text-2">{change.parts.join(', ')}</span>
              </summary>
              {change.parts.map((part) => (
                <div key={part} className="mt-2 grid grid-cols-2 gap-2">
                  <Side title={`${part}, in the flow`} value={change.before[part]} />
                  <Side title={`${part}, at the server`} value={change.after[part]} />
                </div>
              ))}
            </details>
            <Button size="sm" aria-label={`Take over ${change.before.name}`} onClick={() => takeOver(change)}>
              Take over
            </Button>
          </li>
        ))}
        {removed.map(({ name }) => (
          <li key={name} className="text-xs">
            <span className="font-mono font-semibold">{name}</span>{' '}
            <span className="text-text-2">is no longer there: its calls fail.</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Side({ title, value }: { title: string; value: unknown }) {
  return (
    <div className="min-w-0">
      <span className="text-2xs text-text-2">{title}</span>
      <pre className="m-0 max-h-40 overflow-auto rounded-md border border-line bg-surface-1 p-2 font-mono text-2xs whitespace-pre-wrap">
        {typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? 'none')}
      </pre>
    </div>
  )
}

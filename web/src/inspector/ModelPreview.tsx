import type { Tool } from '@volley/shared/flow/flow.ts'
import { instructionsForModel, toolsForModel } from '@volley/shared/plan/modelView.ts'
import { useMemo } from 'react'
import { useFlow } from '../state/flowStore.ts'

/** The tool as the model gets to read it, worked out by the code that builds the requests. */
export function ModelPreview({ tool }: { tool: Tool }) {
  const flow = useFlow((flow) => flow)
  const seen = useMemo(() => toolsForModel(flow).find((one) => one.name === tool.name), [flow, tool.name])
  const instructions = useMemo(() => instructionsForModel(flow), [flow])
  return (
    <details className="group">
      <summary className="cursor-default text-xs font-medium text-text-2 select-none">
        What the model sees <span className="font-normal text-text-3">name, description, schema</span>
      </summary>
      <Shown text={JSON.stringify(seen, null, 2)} />
      {instructions !== '' && (
        <>
          <p className="mt-2 mb-0 text-xs text-text-3">After the agent’s instructions Volley adds:</p>
          <Shown text={instructions} />
        </>
      )}
    </details>
  )
}

function Shown({ text }: { text: string }) {
  return (
    <pre className="mt-1.5 mb-0 max-h-72 overflow-auto rounded-md border border-line bg-surface-2 p-2.5 font-mono text-2xs leading-[1.55] whitespace-pre-wrap text-text-2">
      {text}
    </pre>
  )
}

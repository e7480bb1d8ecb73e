import { newTool } from '@volley/shared/flow/edit.ts'
import type { RunKind, Tool, ToolRun } from '@volley/shared/flow/flow.ts'
import { Info } from 'lucide-react'
import { TOOL_KINDS } from '../actions/toolKinds.ts'
import { Field } from '../ui/Field.tsx'
import { Select } from '../ui/Select.tsx'
import { changeTool } from './edits.ts'
import { HttpForm } from './HttpForm.tsx'
import { MockForm } from './MockForm.tsx'
import { CodeForm, FlowForm, McpForm } from './otherRunForms.tsx'

/** How a tool's calls are executed. */
export function RunForm({ tool }: { tool: Tool }) {
  const setKind = (kind: string) =>
    changeTool(tool.name, 'kind', (one) => ({ ...one, run: newTool(kind as RunKind, one.name).run }))
  return (
    <>
      <Field label="Kind">
        <Select
          value={tool.run.kind}
          options={TOOL_KINDS.map(({ kind, title }) => ({ value: kind, label: title }))}
          onValue={setKind}
        />
      </Field>
      {NOT_YET[tool.run.kind] && (
        <p className="m-0 flex gap-2 rounded-lg border border-waiting/40 bg-waiting/8 p-2.5 text-xs">
          <Info size={13} aria-hidden className="mt-0.5 shrink-0 text-waiting-text" />
          {NOT_YET[tool.run.kind]}
        </p>
      )}
      <KindForm name={tool.name} run={tool.run} />
    </>
  )
}

/** Kinds that the document knows and this version's server does not execute yet. */
const NOT_YET: Partial<Record<RunKind, string>> = {
  code: 'This version does not run code tools yet: a call of this tool fails and says so. It is saved and exported as it is.',
  mcp: 'This version does not call MCP servers yet: a call of this tool fails and says so. It is saved and exported as it is.',
  flow: 'This version does not run a flow as a tool yet: a call of this tool fails and says so. It is saved and exported as it is.',
}

function KindForm({ name, run }: { name: string; run: ToolRun }) {
  const onRun = (next: ToolRun) => changeTool(name, 'run', (tool) => ({ ...tool, run: next }))
  switch (run.kind) {
    case 'http':
      return <HttpForm run={run} onRun={onRun} />
    case 'mock':
      return <MockForm run={run} onRun={onRun} />
    case 'code':
      return <CodeForm run={run} onRun={onRun} />
    case 'mcp':
      return <McpForm run={run} onRun={onRun} />
    case 'flow':
      return <FlowForm run={run} onRun={onRun} />
  }
}

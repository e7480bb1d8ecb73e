import { newTool } from '@volley/shared/flow/edit.ts'
import type { RunKind, Tool, ToolRun } from '@volley/shared/flow/flow.ts'
import { TOOL_KINDS } from '../actions/toolKinds.ts'
import { Field } from '../ui/Field.tsx'
import { Select } from '../ui/Select.tsx'
import { CodeForm } from './CodeForm.tsx'
import { changeTool } from './edits.ts'
import { HttpForm } from './HttpForm.tsx'
import { MockForm } from './MockForm.tsx'
import { FlowForm, McpForm } from './otherRunForms.tsx'

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
      <KindForm tool={tool} />
    </>
  )
}

function KindForm({ tool }: { tool: Tool }) {
  const { run } = tool
  const onRun = (next: ToolRun) => changeTool(tool.name, 'run', (one) => ({ ...one, run: next }))
  switch (run.kind) {
    case 'http':
      return <HttpForm run={run} onRun={onRun} />
    case 'mock':
      return <MockForm run={run} onRun={onRun} />
    case 'code':
      return <CodeForm tool={tool} source={run.source} />
    case 'mcp':
      return <McpForm run={run} onRun={onRun} />
    case 'flow':
      return <FlowForm run={run} onRun={onRun} />
  }
}

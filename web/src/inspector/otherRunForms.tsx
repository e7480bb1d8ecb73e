import type { ToolRun } from '@volley/shared/flow/flow.ts'
import { Field } from '../ui/Field.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { sealChange } from './edits.ts'

type RunOf<Kind extends ToolRun['kind']> = Extract<ToolRun, { kind: Kind }>
interface FormOf<Kind extends ToolRun['kind']> {
  run: RunOf<Kind>
  onRun: (run: RunOf<Kind>) => void
}

export function McpForm({ run, onRun }: FormOf<'mcp'>) {
  return (
    <>
      <Field label="Server" hint="a connection's name">
        <TextInput
          mono
          value={run.server}
          onChange={({ target }) => onRun({ ...run, server: target.value })}
          onBlur={sealChange}
        />
      </Field>
      <Field label="Tool" hint="as the server lists it">
        <TextInput
          mono
          value={run.tool}
          onChange={({ target }) => onRun({ ...run, tool: target.value })}
          onBlur={sealChange}
        />
      </Field>
    </>
  )
}

export function FlowForm({ run, onRun }: FormOf<'flow'>) {
  return (
    <Field label="Flow" hint="the id in its address; its input is the argument “input”">
      <TextInput
        mono
        value={run.flow}
        onChange={({ target }) => onRun({ ...run, flow: target.value })}
        onBlur={sealChange}
      />
    </Field>
  )
}

import type { ToolRun } from '@volley/shared/flow/flow.ts'
import { lazy, Suspense } from 'react'
import { Field } from '../ui/Field.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { sealChange } from './edits.ts'

const CodeEditor = lazy(() => import('./CodeEditor.tsx'))

type RunOf<Kind extends ToolRun['kind']> = Extract<ToolRun, { kind: Kind }>
interface FormOf<Kind extends ToolRun['kind']> {
  run: RunOf<Kind>
  onRun: (run: RunOf<Kind>) => void
}

export function CodeForm({ run, onRun }: FormOf<'code'>) {
  return (
    <div className="flex flex-col gap-1.5">
      <span className="text-xs font-medium text-text-2">
        Source <span className="font-normal text-text-3">a default export that takes the arguments</span>
      </span>
      <Suspense fallback={<div className="h-24 rounded-md border border-line bg-surface-2" />}>
        <CodeEditor
          label="Source"
          language="plain"
          text={run.source}
          onText={(source) => onRun({ ...run, source })}
          onBlur={sealChange}
        />
      </Suspense>
    </div>
  )
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

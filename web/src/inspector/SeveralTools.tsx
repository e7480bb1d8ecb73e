import { DEFAULT_ANNOTATIONS } from '@volley/shared/flow/defaults.ts'
import { updateTool } from '@volley/shared/flow/edit.ts'
import type { Tool } from '@volley/shared/flow/flow.ts'
import { useFlowStore } from '../state/flowStore.ts'
import { Field } from '../ui/Field.tsx'
import { SectionTitle } from '../ui/Panel.tsx'
import { Select } from '../ui/Select.tsx'
import { common } from './common.ts'
import { withEntry } from './edits.ts'

/** What is worth setting for several tools at once: what their calls do, and whether a person decides on them. */
export function SeveralTools({ tools }: { tools: readonly Tool[] }) {
  const change = (what: string, edit: (tool: Tool) => Tool) =>
    useFlowStore
      .getState()
      .change(`Change ${what} of ${tools.length} tools`, (flow) =>
        tools.reduce((next, tool) => updateTool(next, tool.name, edit), flow),
      )
  const hint = (key: keyof typeof DEFAULT_ANNOTATIONS, label: string) => (
    <Choice
      label={label}
      value={yesOrNo(common(tools, (tool) => tool.annotations?.[key] ?? DEFAULT_ANNOTATIONS[key]))}
      options={YES_NO}
      onValue={(value) =>
        change(key, (tool) => ({ ...tool, annotations: { ...tool.annotations, [key]: value === 'yes' } }))
      }
    />
  )
  return (
    <>
      <SectionTitle className="m-0">All {tools.length} tools</SectionTitle>
      {hint('readOnlyHint', 'Only reads')}
      {hint('idempotentHint', 'Safe to repeat')}
      {hint('destructiveHint', 'May destroy')}
      <Choice
        label="Approval"
        value={common(tools, (tool) => tool.policy?.approval ?? 'never')}
        options={APPROVAL}
        onValue={(value) => change('approval', (tool) => withApproval(tool, value === 'always'))}
      />
    </>
  )
}

const YES_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
]
const APPROVAL = [
  { value: 'never', label: 'Not needed' },
  { value: 'always', label: 'A person decides on every call' },
]

const yesOrNo = (value: boolean | 'several') => (value === 'several' ? value : value ? 'yes' : 'no')

/** Not needed is the default, which is not written into the document. */
function withApproval(tool: Tool, isAlways: boolean): Tool {
  const policy = withEntry(tool.policy ?? {}, 'approval', isAlways ? ('always' as const) : undefined)
  return withEntry(tool, 'policy', Object.keys(policy).length > 0 ? policy : undefined)
}

function Choice({
  label,
  value,
  options,
  onValue,
}: {
  label: string
  value: string
  options: { value: string; label: string }[]
  onValue: (value: string) => void
}) {
  const differ = value === 'several' ? [{ value, label: 'They differ', disabled: true }] : []
  return (
    <Field label={label}>
      <Select value={value} options={[...differ, ...options]} onValue={onValue} />
    </Field>
  )
}

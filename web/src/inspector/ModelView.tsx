import { parallelismOf } from '@volley/shared/flow/defaults.ts'
import type { Flow } from '@volley/shared/flow/flow.ts'
import { roughTokens } from '@volley/shared/lib/roughTokens.ts'
import { systemForModel, toolsForModel } from '@volley/shared/plan/modelView.ts'
import { TOOL_FORMS, type ToolForm, toolInForm } from '@volley/shared/plan/toolForms.ts'
import { useMemo, useState } from 'react'
import { useFlow } from '../state/flowStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { JsonBlock } from '../trace/JsonBlock.tsx'
import { Tab, TabList, TabPanel, Tabs } from '../ui/Tabs.tsx'

const LABELS: Record<ToolForm, string> = {
  openai: 'Responses',
  'openai-chat': 'Chat Completions',
  anthropic: 'Anthropic',
}

/**
 * What a request holds, worked out by the code that builds the requests: of one tool where one is named, else the system text and
 * every tool. Follows the document as it changes.
 */
export default function ModelView({ tool }: { tool?: string }) {
  const flow = useFlow((document) => document)
  const provider = flow.agent.provider
  const [form, setForm] = useState<ToolForm>(() => TOOL_FORMS.find((one) => one === provider) ?? 'openai-chat')
  return (
    <Tabs value={form} onValueChange={(value) => setForm(value as ToolForm)}>
      <TabList label="Provider">
        {TOOL_FORMS.map((one) => (
          <Tab key={one} value={one} className="h-6 px-2 text-xs">
            {LABELS[one]}
          </Tab>
        ))}
      </TabList>
      {TOOL_FORMS.map((one) => (
        <TabPanel key={one} value={one} className="flex flex-col gap-2 pt-2">
          {tool === undefined ? <WholeAgent flow={flow} form={one} /> : <OneTool flow={flow} name={tool} form={one} />}
        </TabPanel>
      ))}
    </Tabs>
  )
}

function OneTool({ flow, name, form }: { flow: Flow; name: string; form: ToolForm }) {
  const seen = useMemo(() => toolsForModel(flow).find((one) => one.name === name), [flow, name])
  if (!seen) return null
  return <Shown label={`${name} as ${LABELS[form]} gets it`} value={toolInForm(form, seen)} />
}

function WholeAgent({ flow, form }: { flow: Flow; form: ToolForm }) {
  const variables = useSessionStore((store) => store.variables)
  const system = useMemo(() => systemForModel(flow, variables), [flow, variables])
  const tools = useMemo(() => toolsForModel(flow).map((one) => toolInForm(form, one)), [flow, form])
  const compact = tools.map((one) => JSON.stringify(one))
  return (
    <>
      <p className="m-0 text-xs text-text-2">
        Every request begins with this: {size(system.length + compact.reduce((sum, one) => sum + one.length, 0))}.
        {parallelismOf(flow.agent) === 'serial' && ' Parallel calls are switched off in it.'}
      </p>
      {system !== '' && <Shown label="System text" value={system} />}
      {tools.map((one, at) => (
        <details key={flow.tools[at]?.name}>
          <summary className="cursor-default text-xs text-text-2">
            <span className="font-mono font-semibold text-text-1">{flow.tools[at]?.name}</span>{' '}
            <span className="text-text-3">{size(compact[at]?.length ?? 0)}</span>
          </summary>
          <JsonBlock label={`${flow.tools[at]?.name} as ${LABELS[form]} gets it`} value={one} />
        </details>
      ))}
    </>
  )
}

function Shown({ label, value }: { label: string; value: unknown }) {
  const sent = typeof value === 'string' ? value : JSON.stringify(value)
  return (
    <div className="flex flex-col gap-1">
      <span className="text-xs text-text-3">
        {typeof value === 'string' ? `${label}, ` : ''}
        {size(sent.length)}
      </span>
      <JsonBlock label={label} value={value} />
    </div>
  )
}

/** About four characters make a token of English words and JSON; providers count each in their own way. */
const size = (characters: number) =>
  `${characters.toLocaleString('en')} characters, about ${roughTokens(characters).toLocaleString('en')} tokens`

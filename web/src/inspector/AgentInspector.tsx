import { setAgent } from '@volley/shared/flow/edit.ts'
import type { Parallelism } from '@volley/shared/flow/flow.ts'
import { Bot } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { useInfo } from '../api/useInfo.ts'
import { useFlow, useFlowStore } from '../state/flowStore.ts'
import { AGENT } from '../state/sessionStore.ts'
import { Field } from '../ui/Field.tsx'
import { PairsInput } from '../ui/PairsInput.tsx'
import { Select } from '../ui/Select.tsx'
import { Tab, TabList, TabPanel, Tabs } from '../ui/Tabs.tsx'
import { TextArea, TextInput } from '../ui/TextInput.tsx'
import { changeAgent, sealChange } from './edits.ts'
import { InspectorHead } from './InspectorHead.tsx'
import { ProblemList } from './ProblemList.tsx'
import { useAskedPlace } from './useAskedPlace.ts'

// What stands behind a tab comes when it is looked at.
const AgentLimits = lazy(() => import('./AgentLimits.tsx').then((module) => ({ default: module.AgentLimits })))
const AgentSettings = lazy(() => import('./AgentSettings.tsx').then((module) => ({ default: module.AgentSettings })))
const ClauseMenu = lazy(() => import('./ClauseMenu.tsx'))
const ModelView = lazy(() => import('./ModelView.tsx'))

const BODY = 'flex flex-col gap-4 overflow-y-auto p-4'

/** The agent's properties: which model answers, what it is told, how parallel it works, where it ends. */
export function AgentInspector() {
  const [tab, setTab] = useState('model')
  useAskedPlace(AGENT, setTab)
  return (
    <>
      <InspectorHead icon={Bot} title="agent" />
      <Tabs value={tab} onValueChange={setTab} className="flex-1">
        <TabList label="Properties" className="h-12 border-b border-line px-3">
          <Tab value="model">Model</Tab>
          <Tab value="settings">Settings</Tab>
          <Tab value="limits">Limits</Tab>
          <Tab value="seen">Seen</Tab>
        </TabList>
        <TabPanel value="model" className={BODY}>
          <ProblemList of={AGENT} />
          <ModelForm />
        </TabPanel>
        <TabPanel value="settings" className={BODY}>
          <Suspense>
            <AgentSettings />
          </Suspense>
        </TabPanel>
        <TabPanel value="limits" className={BODY}>
          <Suspense>
            <AgentLimits />
          </Suspense>
        </TabPanel>
        <TabPanel value="seen" className={BODY}>
          <p className="m-0 text-xs text-text-2">What the model sees, as each provider is sent it.</p>
          <Suspense>
            <ModelView />
          </Suspense>
        </TabPanel>
      </Tabs>
    </>
  )
}

const PARALLELISM_WORDS: Record<Parallelism, string> = {
  graph: 'Graph: values flow along the edges',
  batch: 'Batch: parallel, ordered by the edges',
  serial: 'Serial: one call at a time',
}

/** A step of its own, whatever was typed just before. */
const insertIntoSystem = (name: string, system: string) =>
  useFlowStore.getState().change(name, (flow) => setAgent(flow, { system }))

function ModelForm() {
  const agent = useFlow((flow) => flow.agent)
  const info = useInfo()
  const instructions = useRef<HTMLTextAreaElement>(null)
  const providers = info?.providers ?? []
  const provider = providers.find((one) => one.name === agent.provider)
  const options = [
    ...providers.map((one) => ({ value: one.name, label: one.available ? one.label : `${one.label} — not set up` })),
    ...(provider ? [] : [{ value: agent.provider }]),
  ]
  const choose = (name: string) => {
    const [model = agent.model] = providers.find((one) => one.name === name)?.models ?? []
    changeAgent('provider', { provider: name, model })
  }
  return (
    <>
      <Field
        label="Provider"
        place="provider"
        error={provider && !provider.available ? (provider.reason ?? 'This provider cannot answer now.') : undefined}
      >
        <Select data-inspector-first value={agent.provider} options={options} onValue={choose} />
      </Field>
      <Field label="Model" place="model">
        <TextInput
          mono
          list="models-of-provider"
          value={agent.model}
          onChange={({ target }) => target.value !== '' && changeAgent('model', { model: target.value })}
          onBlur={sealChange}
        />
      </Field>
      <datalist id="models-of-provider">
        {provider?.models.map((model) => (
          <option key={model} value={model} />
        ))}
      </datalist>
      <Field label="Parallelism" place="parallelism">
        <Select
          value={agent.parallelism ?? 'graph'}
          options={Object.entries(PARALLELISM_WORDS).map(([value, label]) => ({ value, label }))}
          onValue={(parallelism) => changeAgent('parallelism', { parallelism: parallelism as Parallelism })}
        />
      </Field>
      <Field
        label="Instructions"
        hint="{{name}} is a variable"
        place="system"
        action={
          <Suspense>
            <ClauseMenu text={agent.system ?? ''} field={instructions} onText={insertIntoSystem} />
          </Suspense>
        }
      >
        <TextArea
          ref={instructions}
          className="min-h-32"
          placeholder="Who the agent is, and how it should work."
          value={agent.system ?? ''}
          onChange={({ target }) => changeAgent('system prompt', { system: target.value })}
          onBlur={sealChange}
        />
      </Field>
      <div data-field="variables" className="flex flex-col gap-1.5">
        <span className="text-xs font-medium text-text-2">
          Variables <span className="font-normal text-text-3">their usual values; a run may set others</span>
        </span>
        <PairsInput
          pairs={agent.variables ?? {}}
          what="variable"
          namePlaceholder="audience"
          valuePlaceholder="travellers"
          onPairs={(variables) =>
            changeAgent('variables', { variables: Object.keys(variables).length > 0 ? variables : undefined })
          }
          onBlur={sealChange}
        />
      </div>
    </>
  )
}

import { renameTool, toolNameFault } from '@volley/shared/flow/edit.ts'
import type { Tool } from '@volley/shared/flow/flow.ts'
import { lazy, Suspense, useState } from 'react'
import { toolKind } from '../actions/toolKinds.ts'
import { TOOL_ACTIONS } from '../menus/selectionActions.ts'
import { currentFlow } from '../state/flowStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { useToolTab } from '../state/toolTab.ts'
import { Field } from '../ui/Field.tsx'
import { Tab, TabList, TabPanel, Tabs } from '../ui/Tabs.tsx'
import { TextArea, TextInput } from '../ui/TextInput.tsx'
import { changeTool, sealChange, tryChange } from './edits.ts'
import { InspectorHead } from './InspectorHead.tsx'
import { ModelPreview } from './ModelPreview.tsx'
import { Parameters } from './Parameters.tsx'
import { ProblemList } from './ProblemList.tsx'
import { RunsAfter } from './RunsAfter.tsx'
import { useAskedPlace } from './useAskedPlace.ts'

// What stands behind a tab comes when it is looked at.
const RunForm = lazy(() => import('./RunForm.tsx').then((module) => ({ default: module.RunForm })))
const PolicyForm = lazy(() => import('./PolicyForm.tsx').then((module) => ({ default: module.PolicyForm })))
const TryTool = lazy(() => import('./TryTool.tsx').then((module) => ({ default: module.TryTool })))

/** A tool's properties: what the model reads, how it runs, and under which rules; and a try of it alone. */
export function ToolInspector({ tool }: { tool: Tool }) {
  const [tab, setTab] = useToolTab(tool.name)
  useAskedPlace(tool.name, setTab)
  return (
    <>
      <InspectorHead icon={toolKind(tool.run.kind).icon} title={tool.name} actions={TOOL_ACTIONS} />
      <Tabs value={tab} onValueChange={setTab} className="flex-1">
        <TabList label="Properties" className="h-12 border-b border-line px-3">
          <Tab value="definition">Definition</Tab>
          <Tab value="run">Runs as</Tab>
          <Tab value="policy">Policy</Tab>
          <Tab value="try">Try it</Tab>
        </TabList>
        <TabPanel value="definition" className={BODY}>
          <ProblemList of={tool.name} />
          <NameField tool={tool} />
          <Field label="Description" hint="the model reads this" place="description">
            <TextArea
              value={tool.description ?? ''}
              placeholder="What it does, and when to call it."
              onChange={({ target }) =>
                changeTool(tool.name, 'description', (one) => ({ ...one, description: target.value }))
              }
              onBlur={sealChange}
            />
          </Field>
          <Parameters tool={tool} />
          <RunsAfter tool={tool} />
          <ModelPreview tool={tool} />
        </TabPanel>
        <TabPanel value="run" className={BODY}>
          <ProblemList of={tool.name} />
          <Suspense>
            <RunForm tool={tool} />
          </Suspense>
        </TabPanel>
        <TabPanel value="policy" className={BODY}>
          <ProblemList of={tool.name} />
          <Suspense>
            <PolicyForm tool={tool} />
          </Suspense>
        </TabPanel>
        <TabPanel value="try" className={BODY}>
          <Suspense>
            <TryTool key={tool.name} tool={tool} />
          </Suspense>
        </TabPanel>
      </Tabs>
    </>
  )
}

export const BODY = 'flex flex-col gap-4 overflow-y-auto p-4'

/** The name follows what is typed as long as it can be one; else it stays as it was and says why. */
function NameField({ tool }: { tool: Tool }) {
  const [typed, setTyped] = useState<string | null>(null)
  const fault = typed === null ? null : toolNameFault(currentFlow(), typed, tool.name)
  const [refused, setRefused] = useState<string | null>(null)
  const rename = (name: string) => {
    setTyped(name)
    const reason = tryChange(`Rename ${tool.name}`, (flow) => renameTool(flow, tool.name, name), 'rename')
    setRefused(reason)
    if (reason === null) useSessionStore.getState().select([name])
  }
  return (
    <Field label="Name" error={fault ?? refused} place="name">
      <TextInput
        mono
        data-inspector-first
        value={typed ?? tool.name}
        maxLength={64}
        onChange={({ target }) => rename(target.value)}
        onBlur={() => {
          setTyped(null)
          setRefused(null)
          sealChange()
        }}
      />
    </Field>
  )
}

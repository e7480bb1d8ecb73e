import { setDescription, setName } from '@volley/shared/flow/edit.ts'
import { Workflow } from 'lucide-react'
import { useState } from 'react'
import { useFlow, useFlowStore } from '../state/flowStore.ts'
import { useProblems } from '../state/problems.ts'
import { Field } from '../ui/Field.tsx'
import { SectionTitle } from '../ui/Panel.tsx'
import { TextArea, TextInput } from '../ui/TextInput.tsx'
import { sealChange } from './edits.ts'
import { InspectorHead } from './InspectorHead.tsx'
import { AllProblems } from './ProblemList.tsx'
import { useAskedPlace } from './useAskedPlace.ts'

/** The flow's own properties, and all that is wrong with it: shown while nothing is selected. */
export function FlowInspector() {
  const description = useFlow((flow) => flow.description)
  const tools = useFlow((flow) => flow.tools.length)
  const edges = useFlow((flow) => flow.edges.length)
  const problems = useProblems((store) => store.problems.length)
  const { change } = useFlowStore.getState()
  useAskedPlace(null, IGNORE)
  return (
    <>
      <InspectorHead icon={Workflow} title="This flow" mono={false} />
      <div className="flex flex-col gap-4 overflow-y-auto p-4">
        <NameField />
        <Field label="Description" place="description">
          <TextArea
            placeholder="What this flow is for."
            value={description}
            onChange={({ target }) =>
              change('Describe flow', (flow) => setDescription(flow, target.value), 'flow:description')
            }
            onBlur={sealChange}
          />
        </Field>
        <p className="m-0 text-xs text-text-3">
          {tools} {tools === 1 ? 'tool' : 'tools'}, {edges} {edges === 1 ? 'edge' : 'edges'}. Select a tool, an edge or
          the agent to see its properties.
        </p>
        <section aria-label="Problems" className="flex flex-col gap-1.5">
          <SectionTitle className="m-0 text-xs text-text-2">
            Problems {problems > 0 && <span className="text-failed-text">{problems}</span>}
          </SectionTitle>
          <AllProblems />
        </section>
      </div>
    </>
  )
}

/** An empty name is not taken over: the flow keeps the one it had. */
function NameField() {
  const name = useFlow((flow) => flow.name)
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <Field label="Name" place="name">
      <TextInput
        data-inspector-first
        maxLength={200}
        value={typed ?? name}
        onChange={({ target }) => {
          setTyped(target.value)
          if (target.value.trim() !== '')
            useFlowStore.getState().change('Rename flow', (flow) => setName(flow, target.value), 'flow:name')
        }}
        onBlur={() => {
          setTyped(null)
          sealChange()
        }}
      />
    </Field>
  )
}

/** The flow has no tabs. */
const IGNORE = () => {}

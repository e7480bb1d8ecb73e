import type { Edge, Tool } from '@volley/shared/flow/flow.ts'
import { AgentInspector } from '../inspector/AgentInspector.tsx'
import { EdgeInspector } from '../inspector/EdgeInspector.tsx'
import { FlowInspector } from '../inspector/FlowInspector.tsx'
import { SeveralInspector } from '../inspector/SeveralInspector.tsx'
import { ToolInspector } from '../inspector/ToolInspector.tsx'
import { Panel } from '../ui/Panel.tsx'
import type { SectionProps } from './GalleryPage.tsx'
import { GALLERY_FLOW } from './moments.ts'
import { Section, Specimen } from './Section.tsx'

const WIDTH = 320
const HEIGHT = 470

/** The properties of each thing that can be selected. */
export function InspectorSection({ id, title }: SectionProps) {
  const kinds = [
    { name: 'nothing selected', shown: <FlowInspector /> },
    { name: 'the agent', shown: <AgentInspector /> },
    { name: 'a tool', shown: <ToolInspector tool={toolNamed('geocode')} /> },
    { name: 'an edge', shown: <EdgeInspector edge={GALLERY_FLOW.edges[0] as Edge} /> },
    { name: 'several', shown: <SeveralInspector count={3} /> },
  ]
  return (
    <Section id={id} title={title}>
      {kinds.map(({ name, shown }) => (
        <Specimen key={name} name={name} width={WIDTH} height={HEIGHT}>
          <Panel label={`Inspector, ${name}`} className="h-full">
            {shown}
          </Panel>
        </Specimen>
      ))}
    </Section>
  )
}

const toolNamed = (name: string) => GALLERY_FLOW.tools.find((tool) => tool.name === name) as Tool

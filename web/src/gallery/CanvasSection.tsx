import { Canvas } from '../canvas/Canvas.tsx'
import type { SectionProps } from './GalleryPage.tsx'
import { Section, Specimen } from './Section.tsx'

/** The whole drawing at one moment: nodes, edges, toolbar, small map. */
export function CanvasSection({ id, title, moment }: SectionProps) {
  return (
    <Section id={id} title={title}>
      <Specimen name={moment ?? 'the flow alone, with a tool and an edge selected'} width={1180} height={500}>
        <Canvas key={moment} />
      </Specimen>
    </Section>
  )
}

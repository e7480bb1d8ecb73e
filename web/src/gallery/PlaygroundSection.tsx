import { Exchange } from '../playground/Exchange.tsx'
import type { SectionProps } from './GalleryPage.tsx'
import { MOMENTS, type Moment } from './moments.ts'
import { Section, Specimen } from './Section.tsx'

const SHOWN: Moment[] = ['writing', 'underway', 'stopped', 'finished']

/** One message and what came of it, at each moment. */
export function PlaygroundSection({ id, title }: SectionProps) {
  return (
    <Section id={id} title={title}>
      {SHOWN.map((moment) => (
        <Specimen key={moment} name={moment} width={420}>
          <Exchange run={MOMENTS[moment]} input={MOMENTS[moment].input} isCurrent={moment !== 'stopped'} />
        </Specimen>
      ))}
    </Section>
  )
}

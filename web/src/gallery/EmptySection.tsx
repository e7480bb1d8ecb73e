import { FlaskConical, Unplug } from 'lucide-react'
import { Timeline } from '../timeline/Timeline.tsx'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import type { SectionProps } from './GalleryPage.tsx'
import { Section, Specimen } from './Section.tsx'

/** What stands where nothing is yet, or where something could not be had. */
export function EmptySection({ id, title, moment }: SectionProps) {
  return (
    <Section id={id} title={title}>
      <Specimen name="with words alone" width={420} height={180}>
        <EmptyState icon={<FlaskConical size={20} />} title="Nothing here yet">
          A sentence on what will stand here.
        </EmptyState>
      </Specimen>
      <Specimen name="with ways out" width={420} height={180}>
        <EmptyState
          icon={<Unplug size={20} />}
          title="The flow could not be opened"
          action={
            <>
              <Button>All flows</Button>
              <Button>Try again</Button>
            </>
          }
        >
          The server cannot be reached.
        </EmptyState>
      </Specimen>
      {moment === null && (
        <Specimen name="the timeline before a run" width={420} height={220}>
          <Timeline />
        </Specimen>
      )}
    </Section>
  )
}

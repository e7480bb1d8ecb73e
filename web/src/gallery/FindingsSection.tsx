import { cureTitle } from '@volley/shared/trace/findings/cure.ts'
import type { Finding } from '@volley/shared/trace/findings/finding.ts'
import { Wand2 } from 'lucide-react'
import { BesideFindings } from '../trace/findings/BesideFindings.tsx'
import type { CureOffer } from '../trace/findings/FindingCard.tsx'
import type { FindingsShown } from '../trace/findings/useFindings.ts'
import { Button } from '../ui/Button.tsx'
import type { SectionProps } from './GalleryPage.tsx'
import { MOMENTS } from './moments.ts'
import { Section, Specimen } from './Section.tsx'

const nothing = () => {}

/** What was found in a run, beside its trace: some, none, not yet, and not to be read. */
export function FindingsSection({ id, title }: SectionProps) {
  return (
    <Section id={id} title={title}>
      <Specimen name="beside a trace" width={880} height={320}>
        <Findings findings={FOUND} />
      </Specimen>
      <Specimen name="where there is little room" width={480} height={400}>
        <Findings findings={FOUND} />
      </Specimen>
      <Specimen name="none" width={480} height={60}>
        <Findings findings={NONE} />
      </Specimen>
      <Specimen name="of a run that goes on" width={480} height={60}>
        <Findings findings={{ is: 'going_on' }} />
      </Specimen>
      <Specimen name="that could not be read" width={480} height={60}>
        <Findings findings={UNREAD} />
      </Specimen>
    </Section>
  )
}

function Findings({ findings }: { findings: FindingsShown }) {
  return (
    <div className="flex h-full flex-col bg-surface-1">
      <BesideFindings run={MOMENTS.finished} findings={findings} Offer={NoCure} onChoose={nothing}>
        {null}
      </BesideFindings>
    </div>
  )
}

/** A cure that changes nothing, for where there is no flow to change. */
export const NoCure: CureOffer = ({ cure }) => (
  <Button size="sm" icon={<Wand2 size={12} aria-hidden />}>
    {cureTitle(cure)}
  </Button>
)

const FINDINGS: Finding[] = [
  {
    code: 'needless_edge',
    message: 'The edge rates → score held 2 calls for up to 640 ms, and no argument used a result of rates.',
    calls: [2, 3],
    costMs: 640,
    savesMs: 640,
    lostTokens: 0,
    advice: 'Remove the edge: without it this run ends 640 ms sooner.',
    edge: { from: 'rates', to: 'score' },
    evidence: { kind: 'order', heldMs: 640, waitedFor: [1] },
    cure: { change: 'remove_edge', from: 'rates', to: 'score', kind: 'order' },
  },
  {
    code: 'oversized_result',
    message: 'fetch_page #5 gave 84,210 characters; the model did not see 64,210 of them.',
    calls: [5],
    costMs: 0,
    savesMs: 0,
    lostTokens: 5000,
    advice:
      'Choose what the model needs with "select" (JMESPath) in fetch_page: it then sees all of it, for fewer tokens.',
    evidence: { chars: 84_210, cut: 64_210 },
  },
]

const FOUND: FindingsShown = { is: 'there', value: { items: FINDINGS }, reload: nothing }
/** What a clean run has. */
export const NONE: FindingsShown = { is: 'there', value: { items: [] }, reload: nothing }
const UNREAD: FindingsShown = {
  is: 'fault',
  fault: { status: 0, code: 'offline', message: 'The server does not answer.', problems: [] },
  reload: nothing,
}

import { Link, useSearch } from 'wouter'
import { StillTime } from '../trace/useNow.ts'
import { CallsSection } from './CallsSection.tsx'
import { CanvasSection } from './CanvasSection.tsx'
import { EmptySection } from './EmptySection.tsx'
import { EvalsSection } from './EvalsSection.tsx'
import { FindingsSection } from './FindingsSection.tsx'
import { InspectorSection } from './InspectorSection.tsx'
import { MOMENTS, type Moment } from './moments.ts'
import { useStage } from './onStage.ts'
import { PlaygroundSection } from './PlaygroundSection.tsx'
import { PrimitivesSection } from './PrimitivesSection.tsx'
import { TraceSection } from './TraceSection.tsx'

const SECTIONS = [
  { id: 'primitives', title: 'Primitives', Shown: PrimitivesSection },
  { id: 'calls', title: 'Calls', Shown: CallsSection },
  { id: 'canvas', title: 'Canvas', Shown: CanvasSection },
  { id: 'inspector', title: 'Inspector', Shown: InspectorSection },
  { id: 'playground', title: 'Playground', Shown: PlaygroundSection },
  { id: 'trace', title: 'Timeline and calls', Shown: TraceSection },
  { id: 'findings', title: 'Findings', Shown: FindingsSection },
  { id: 'evals', title: 'Evals', Shown: EvalsSection },
  { id: 'empty', title: 'Empty states', Shown: EmptySection },
]

/**
 * Every component in every state, with time standing still. A state has its place here before it has its place in the app. The canvas
 * reads one run at a time, so its moment is part of the address: `/gallery?moment=underway`.
 */
export function GalleryPage() {
  const moment = momentIn(useSearch())
  const isSet = useStage({ run: moment && MOMENTS[moment], selection: moment ? NOTHING : SELECTED })
  return (
    <StillTime value={true}>
      <main className="flex min-h-0 flex-1">
        <nav aria-label="Contents" className="flex w-44 shrink-0 flex-col gap-1 border-r border-line bg-surface-1 p-3">
          <h1 className="m-0 mb-2 text-sm font-semibold">Gallery</h1>
          {SECTIONS.map(({ id, title }) => (
            <a key={id} href={`#${id}`} className="rounded-md px-2 py-1 text-sm text-text-2 hover:bg-surface-3">
              {title}
            </a>
          ))}
          <h2 className="m-0 mt-4 mb-1 px-2 text-2xs font-medium text-text-3">The canvas shows</h2>
          <MomentLink name="the flow alone" moment={null} chosen={moment} />
          {(Object.keys(MOMENTS) as Moment[]).map((one) => (
            <MomentLink key={one} name={one} moment={one} chosen={moment} />
          ))}
        </nav>
        <div className="min-w-0 flex-1 overflow-auto">
          {isSet && SECTIONS.map(({ id, title, Shown }) => <Shown key={id} id={id} title={title} moment={moment} />)}
        </div>
      </main>
    </StillTime>
  )
}

export interface SectionProps {
  id: string
  title: string
  moment: Moment | null
}

const NOTHING: readonly string[] = []
/** Without a run the canvas shows what selecting looks like. */
const SELECTED: readonly string[] = ['geocode', 'find_hotels→compare_hotels:data']

function MomentLink({ name, moment, chosen }: { name: string; moment: Moment | null; chosen: Moment | null }) {
  return (
    <Link
      href={moment ? `/gallery?moment=${moment}` : '/gallery'}
      aria-current={moment === chosen ? 'true' : undefined}
      className="rounded-md px-2 py-1 text-sm text-text-2 hover:bg-surface-3 aria-[current=true]:bg-surface-3 aria-[current=true]:text-text-1"
    >
      {name}
    </Link>
  )
}

function momentIn(search: string): Moment | null {
  const name = new URLSearchParams(search).get('moment') ?? ''
  return Object.hasOwn(MOMENTS, name) ? (name as Moment) : null
}

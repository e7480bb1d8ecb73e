import type { CallStatus } from '@volley/shared/run/events.ts'
import type { CallState, RunState } from '@volley/shared/run/state.ts'
import { CALL_STATUSES } from '@volley/shared/run/statuses.ts'
import { CallPips } from '../trace/CallPips.tsx'
import { Chip } from '../ui/Chip.tsx'
import { StatusDot, statusWord } from '../ui/StatusDot.tsx'
import type { SectionProps } from './GalleryPage.tsx'
import { MOMENTS } from './moments.ts'
import { Section, Specimen } from './Section.tsx'

/** What stands for one call: its dot, its chip, its pip, and many pips on one node. */
export function CallsSection({ id, title }: SectionProps) {
  return (
    <Section id={id} title={title}>
      {CALL_STATUSES.map((status) => (
        <Specimen key={status} name={statusWord(status)}>
          <div className="flex items-center gap-3">
            <StatusDot status={status} />
            <CallPips calls={[callIn(status)]} canFocus />
            <Chip tone="status" data-status={status} icon={<StatusDot status={status} />}>
              {statusWord(status)}
            </Chip>
          </div>
        </Specimen>
      ))}
      <Specimen name="model">
        <StatusDot status="model" />
      </Specimen>
      <Specimen name="the calls of a turn">
        <CallPips calls={MOMENTS.underway.calls} canFocus />
      </Specimen>
      <Specimen name="more calls than there is room for">
        <CallPips calls={manyCalls(40)} canFocus />
      </Specimen>
    </Section>
  )
}

const ALL_CALLS = Object.values<RunState>(MOMENTS).flatMap((run) => run.calls)

/** A recorded call that was in this state. */
function callIn(status: CallStatus): CallState {
  const call = ALL_CALLS.find((one) => one.status === status)
  if (!call) throw new Error(`no recorded call was ever ${status}`)
  return call
}

const manyCalls = (count: number): CallState[] =>
  Array.from({ length: count }, (_, index) => ({
    ...(ALL_CALLS[index % ALL_CALLS.length] as CallState),
    call: index + 1,
  }))

import { type Flow, flowSchema } from '@volley/shared/flow/flow.ts'
import type { RunEvent } from '@volley/shared/run/events.ts'
import { type RunState, runFromEvents } from '@volley/shared/run/state.ts'
import finishedFlow from '../../../examples/geocode-forecast-offline.flow.json' with { type: 'json' }
import type { FlowOfRun } from '../trace/flowOfRun.ts'
import everyStateEvents from './__fixtures__/everyState.events.json' with { type: 'json' }
import everyStateFlow from './__fixtures__/everyState.flow.json' with { type: 'json' }
import finishedEvents from './__fixtures__/finished.events.json' with { type: 'json' }

// Two recorded runs, each looked at where it shows most. Between them a call is in every state there is.

const everyState = everyStateEvents as RunEvent[]
const finished = finishedEvents as RunEvent[]

export const GALLERY_FLOW: Flow = flowSchema.parse(everyStateFlow)

/** The runs as they stood at some moments, under names that sections and tests use. */
export const MOMENTS = {
  /** The model still writes: calls wait to be fixed, and read-only ones run already. */
  writing: until(everyState, (event) => event.type === 'call.emitted' && event.call === 7),
  /** The message has just ended: what waits for nothing but a place is ready. */
  released: until(everyState, (event) => event.type === 'message.finished'),
  /** Nothing moves until a person decides; one call has failed, one was skipped for its sake, one runs on. */
  underway: until(everyState, (event, next) => event.type !== 'call.cancelled' && next?.type === 'call.cancelled'),
  stopped: runFromEvents(everyState),
  finished: runFromEvents(finished),
} satisfies Record<string, RunState>

export type Moment = keyof typeof MOMENTS

/** The documents that ran, by the run's id: what the server would be asked for. */
export const FLOWS_OF_RUNS: Readonly<Record<string, FlowOfRun>> = {
  [MOMENTS.stopped.id]: { is: 'there', flow: GALLERY_FLOW },
  [MOMENTS.finished.id]: { is: 'there', flow: flowSchema.parse(finishedFlow) },
}

/** The run up to and with the first event that `isLast` names. */
function until(
  events: readonly RunEvent[],
  isLast: (event: RunEvent, next: RunEvent | undefined) => boolean,
): RunState {
  const at = events.findIndex((event, index) => isLast(event, events[index + 1]))
  if (at < 0) throw new Error('the recording does not come to this moment: see scripts/recordGallery.mjs')
  return runFromEvents(events.slice(0, at + 1))
}

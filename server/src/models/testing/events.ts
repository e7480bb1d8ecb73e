import type { StopReason, Usage } from '@volley/shared/run/events.ts'
import type { ModelEvent } from '../../engine/ports.ts'
import type { Assembler } from '../assemble/assembler.ts'

/** What a list of model events says, in the words a test asks about. */
export function summaryOf(events: readonly ModelEvent[]) {
  const calls = events.filter((event) => event.type === 'call')
  const finished = events.find((event) => event.type === 'finished')
  const broken = events.find((event) => event.type === 'broken')
  return {
    text: events.map((event) => (event.type === 'text' ? event.text : '')).join(''),
    calls: calls.map(({ id, tool, argumentsText }) => ({ id, tool, argumentsText })),
    incomplete: calls.filter(({ complete }) => !complete).map(({ tool }) => tool),
    stopReason: finished?.stopReason as StopReason | undefined,
    usage: finished?.usage as Usage | undefined,
    echo: finished?.echo,
    reason: finished?.reason,
    broken,
    last: events.at(-1)?.type,
  }
}

/** Feeds all events to an assembler, then the end of the stream. */
export function assemble(assembler: Assembler, events: readonly unknown[]): ModelEvent[] {
  return [...events.flatMap((event) => assembler.push(event)), ...assembler.end()]
}

/** All that a model says. */
export async function collect(stream: AsyncIterable<ModelEvent>): Promise<ModelEvent[]> {
  const events: ModelEvent[] = []
  for await (const event of stream) events.push(event)
  return events
}

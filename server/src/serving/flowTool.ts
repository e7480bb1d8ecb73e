import type { Flow } from '@volley/shared/flow/flow.ts'
import { createNames } from '@volley/shared/flow/names.ts'
import type { RunEvent } from '@volley/shared/run/events.ts'

// A flow as others see it: one tool with an input, and the flow's variables as parameters.

export interface FlowTool {
  name: string
  description: string
  /** Parameters beside `input`, each with the variable it stands for and the value that holds without it. */
  variables: { parameter: string; variable: string; usual: string }[]
}

/** The flows as tools, in order: names are legal and each there once. */
export function flowTools(flows: readonly Flow[]): FlowTool[] {
  const names = createNames()
  return flows.map((flow) => {
    const parameters = createNames(['input'])
    return {
      name: names.take(flow.name),
      description: flow.description.trim() || `Answers a request with the flow "${flow.name}".`,
      variables: Object.entries(flow.agent.variables ?? {}).map(([variable, usual]) => ({
        parameter: parameters.take(variable),
        variable,
        usual,
      })),
    }
  })
}

/** The values of the flow's variables that a call's arguments give. */
export function variablesOf({ variables }: FlowTool, given: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    variables.flatMap(({ parameter, variable }) => {
      const value = Object.hasOwn(given, parameter) ? given[parameter] : undefined
      return typeof value === 'string' ? [[variable, value]] : []
    }),
  )
}

/** What to tell of an event to someone who waits; null for what is no news. */
export function newsOf(event: RunEvent): string | null {
  switch (event.type) {
    case 'turn.started':
      return `Turn ${event.turn}`
    case 'call.emitted':
      return `Call ${event.call}: ${event.tool}`
    case 'call.awaiting_approval':
      return `Call ${event.call} waits for an approval`
    case 'call.succeeded':
    case 'call.failed':
    case 'call.skipped':
    case 'call.cancelled':
      return `Call ${event.call} ${event.type.slice('call.'.length)}`
    default:
      return null
  }
}

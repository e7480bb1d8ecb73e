import type { Edge, Flow } from '@volley/shared/flow/flow.ts'

/** A call as the log tells it, with the volley it belongs to: the calls of one try of one message, in emission order. */
export interface LoggedCall {
  call: number
  tool: string
  arguments: unknown
  /** All calls of its message. */
  volley: readonly LoggedCall[]
  /** The calls before this one that the model can see, in order: number n of the model is `visible()[n - 1]`. */
  visible(): readonly LoggedCall[]
}

/**
 * The calls that must have ended before this one starts: the rule of contract 3, "Waiting", written once more as plainly as possible
 * and without a line of the engine's own planning.
 */
export function expectedWaits(call: LoggedCall, flow: Flow): Set<number> {
  const waits = new Set<number>()
  const references = flow.agent.parallelism === undefined || flow.agent.parallelism === 'graph'
  for (const edge of flow.edges.filter((one) => one.to === call.tool)) {
    // What it refers to counts along every edge from that tool, also along an order edge beside the data edge.
    const carriers = flow.edges.filter((one) => one.kind === 'data' && one.from === edge.from && one.to === edge.to)
    const referred = references ? carriers.flatMap((carrier) => referredAlong(carrier, call, flow)) : []
    if (referred.length > 0) for (const number of referred) waits.add(number)
    else if (!isOnCycle(edge, flow))
      for (const number of calledBefore(edge.from, call, flow, new Set())) waits.add(number)
  }
  waits.delete(call.call)
  return waits
}

/** The volley's calls of a tool; where it has none, those of the tools before it. */
function calledBefore(tool: string, call: LoggedCall, flow: Flow, seen: Set<string>): number[] {
  if (seen.has(tool)) return []
  seen.add(tool)
  const own = call.volley.filter((other) => other.tool === tool).map((other) => other.call)
  if (own.length > 0) return own
  return flow.edges
    .filter((edge) => edge.to === tool && !isOnCycle(edge, flow))
    .flatMap((edge) => calledBefore(edge.from, call, flow, seen))
}

/** The calls of the edge's source that the arguments refer to, by an object or by a mapped edge's number. */
function referredAlong(edge: Edge, call: LoggedCall, flow: Flow): number[] {
  const mappedSources = new Set(
    flow.edges.filter((one) => one.to === call.tool && isMapped(one)).map((one) => one.from),
  )
  const numbers: unknown[] = []
  if (isRecord(call.arguments)) {
    for (const [name, value] of Object.entries(call.arguments))
      if (!mappedSources.has(name)) numbers.push(...numbersIn(value))
    if (isMapped(edge) && Object.hasOwn(call.arguments, edge.from)) numbers.push(call.arguments[edge.from])
  }
  const visible = call.visible()
  const referred = numbers
    .map((number) => (typeof number === 'number' ? visible[number - 1] : undefined))
    .filter((source) => source?.tool === edge.from)
    .map((source) => source?.call as number)
  const isNamed = isRecord(call.arguments) && Object.hasOwn(call.arguments, edge.from)
  const preceding = visible.filter((source) => source.tool === edge.from)
  if (isMapped(edge) && !isNamed && preceding.length === 1) referred.push(preceding[0]?.call as number)
  return referred
}

function numbersIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(numbersIn)
  if (!isRecord(value)) return []
  const keys = Object.keys(value)
  if (keys.includes('from_call') && keys.every((key) => ['from_call', 'path', 'text'].includes(key)))
    return [value.from_call]
  return Object.values(value).flatMap(numbersIn)
}

/** Whether the edge's source can be reached again from its target. */
function isOnCycle(edge: Edge, flow: Flow): boolean {
  const reached = new Set([edge.to])
  for (const tool of reached) for (const other of flow.edges) if (other.from === tool) reached.add(other.to)
  return reached.has(edge.from)
}

const isMapped = (edge: Edge) => edge.kind === 'data' && Object.keys(edge.map ?? {}).length > 0
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

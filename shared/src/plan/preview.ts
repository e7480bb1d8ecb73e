import { isRepeatable, limitsOf, parallelismOf, policyOf } from '../flow/defaults.ts'
import { propertiesOf } from '../flow/editParameters.ts'
import type { Flow, Tool } from '../flow/flow.ts'
import { mostAtOnce } from '../lib/mostAtOnce.ts'
import { fillText, placeholdersIn } from '../lib/template.ts'
import { type PlanGraph, planGraph } from './planGraph.ts'
import { type CallReferences, findReferences } from './reference.ts'
import { type SimulatedTimes, simulateVolley } from './simulate.ts'

// What a hand-picked volley would do, without running anything: the same plan, references and gate as a run's, on a clock of expected
// durations. Time 0 is the end of the model's message.

export interface PickedCall {
  tool: string
  /** Calls that its arguments refer to, by number. */
  refersTo?: readonly number[]
  /** What if it fails? */
  fails?: boolean
}

export interface PreviewCall {
  call: number
  tool: string
  /** What it waits for; ascending. */
  waitsFor: number[]
  /** How many steps of waiting stand before it: 0 starts at once. */
  step: number
  /** It may even start while the model still writes. */
  startsEarly: boolean
  outcome: 'succeeds' | 'fails' | 'skipped' | 'refused'
  /** Why it is refused, or which call's failure skips it. */
  because: string | null
  /** When it could run, and when it does: later where places are few. Null where it never runs. */
  readyMs: number | null
  startMs: number | null
  endMs: number | null
}

export interface Preview {
  calls: PreviewCall[]
  /** The calls that run, by step. */
  steps: number[][]
  elapsedMs: number
  /** The same work, one call after another. */
  serialMs: number
  mostAtOnce: number
}

/** Works out one turn of these calls, numbered 1, 2, 3 … in the order given. Calls of tools that do not exist are refused. */
export function previewVolley(
  flow: Flow,
  picked: readonly PickedCall[],
  expectedMs: (tool: string) => number,
): Preview {
  const parallelism = parallelismOf(flow.agent)
  const isSerial = parallelism === 'serial'
  const graph = planGraph(flow, { references: parallelism === 'graph' })
  const read = picked.map((one, at) => readPicked(graph, one, at, picked))
  const times = simulateVolley({
    graph,
    calls: read.map(({ tool, references, refusal }, at) => ({
      call: at + 1,
      tool: picked[at]?.tool ?? '',
      references,
      emittedMs: 0,
      durationMs: Math.max(0, expectedMs(picked[at]?.tool ?? '')),
      approvalMs: 0,
      mayStartEarly: tool !== undefined && isRepeatable(tool),
      exclusive: exclusiveKey(tool && policyOf(tool).exclusive, at + 1),
      ends: refusal !== null ? 'refused' : picked[at]?.fails ? 'failed' : 'succeeded',
      sharesWith: null,
    })),
    messageMs: 0,
    concurrency: isSerial ? 1 : limitsOf(flow.agent).concurrency,
    concurrencyOf: (name) => policyOf(graph.tools.get(name) as Tool).concurrency,
    // In serial the number alone decides who goes first.
    expectedMs: isSerial ? () => 0 : expectedMs,
    toolOfEarlier: () => undefined,
  })
  const calls = picked.map((one, at) => previewOf(at + 1, one, read[at]?.refusal ?? null, times.get(at + 1), picked))
  setSteps(calls)
  const ran = calls.filter((call) => call.startMs !== null)
  return {
    calls,
    steps: stepsOf(ran),
    elapsedMs: Math.max(0, ...ran.map((call) => call.endMs as number)),
    serialMs: ran.reduce((sum, call) => sum + Math.max(0, expectedMs(call.tool)), 0),
    mostAtOnce: mostAtOnce(ran.map(({ startMs, endMs }) => ({ from: startMs as number, to: endMs as number }))),
  }
}

/** The tools that a call of this tool may refer to: those with a data edge to it, where references are on. */
export function sourcesFor(flow: Flow, tool: string): string[] {
  if (parallelismOf(flow.agent) !== 'graph') return []
  return [...new Set(flow.edges.filter((edge) => edge.to === tool && edge.kind === 'data').map((edge) => edge.from))]
}

interface ReadCall {
  tool: Tool | undefined
  references: readonly number[]
  refusal: string | null
}

function readPicked(graph: PlanGraph, one: PickedCall, at: number, picked: readonly PickedCall[]): ReadCall {
  const tool = graph.tools.get(one.tool)
  if (!tool) return { tool, references: [], refusal: `There is no tool "${one.tool}".` }
  const found = referencesOf(graph, tool, one, at, picked)
  if (typeof found === 'string') return { tool, references: [], refusal: found }
  return { tool, references: found.calls, refusal: null }
}

function previewOf(
  call: number,
  { tool, fails }: PickedCall,
  refusal: string | null,
  times: SimulatedTimes | undefined,
  picked: readonly PickedCall[],
): PreviewCall {
  const cause = times?.skippedBy ?? null
  const ran = times && times.startMs !== null && refusal === null
  return {
    call,
    tool,
    waitsFor: [...(times?.waitsFor ?? [])],
    step: 0,
    startsEarly: refusal === null && times?.isEager === true,
    outcome: refusal !== null ? 'refused' : cause !== null ? 'skipped' : fails ? 'fails' : 'succeeds',
    because: refusal ?? (cause === null ? null : `${picked[cause - 1]?.tool ?? ''} #${cause} fails`),
    readyMs: ran ? times.readyMs : null,
    startMs: ran ? times.startMs : null,
    endMs: ran ? times.endMs : null,
  }
}

/** The references of a picked call, found by the very code that reads a model's arguments; a text says why they cannot be. */
function referencesOf(
  graph: PlanGraph,
  tool: Tool,
  { refersTo = [] }: PickedCall,
  at: number,
  picked: readonly PickedCall[],
): CallReferences | string {
  const mapped = new Set(
    (graph.incoming.get(tool.name) ?? []).filter((edge) => Object.keys(edge.map).length > 0).map((edge) => edge.from),
  )
  // A mapped source is named by its number; any other result may stand anywhere in the arguments.
  const [place = 'value'] = Object.keys(propertiesOf(tool)).filter((name) => !mapped.has(name))
  const toolOf = (number: number) => picked[number - 1]?.tool
  const named = refersTo.filter((number) => mapped.has(toolOf(number) ?? ''))
  const free = refersTo.filter((number) => !named.includes(number))
  const args = {
    ...(free.length > 0 ? { [place]: free.map((number) => ({ from_call: number })) } : {}),
    ...Object.fromEntries(named.map((number) => [toolOf(number) ?? '', number])),
  }
  const visible = Array.from({ length: at }, (_none, before) => before + 1)
  const found = findReferences(graph, tool.name, args, { visible, toolOf })
  return found.ok ? found.value : found.error.message
}

/** Without arguments a key with placeholders is not known: each call is taken to have its own. */
function exclusiveKey(exclusive: string | undefined, call: number): string | null {
  if (exclusive === undefined) return null
  return placeholdersIn(exclusive).length === 0 ? exclusive : fillText(exclusive, (name) => `${name} of call ${call}`)
}

function setSteps(calls: readonly PreviewCall[]) {
  const known = new Map<number, number>()
  const stepOf = (number: number): number => {
    const seen = known.get(number)
    if (seen !== undefined) return seen
    const waits = calls[number - 1]?.waitsFor ?? []
    const step = waits.length === 0 ? 0 : 1 + Math.max(...waits.map(stepOf))
    known.set(number, step)
    return step
  }
  for (const call of calls) call.step = stepOf(call.call)
}

function stepsOf(ran: readonly PreviewCall[]): number[][] {
  const steps = Map.groupBy(ran, (call) => call.step)
  return [...steps].sort(([one], [other]) => one - other).map(([, calls]) => calls.map((call) => call.call))
}

import { isRepeatable, limitsOf, parallelismOf, policyOf } from '../flow/defaults.ts'
import { propertiesOf } from '../flow/editParameters.ts'
import type { Flow, Tool } from '../flow/flow.ts'
import { fillText, placeholdersIn } from '../lib/template.ts'
import { createGate, rankOf } from './gate.ts'
import { type PlanGraph, planGraph } from './planGraph.ts'
import { type CallReferences, findReferences, NO_REFERENCES } from './reference.ts'
import { createVolleyPlan, type Move } from './volleyPlan.ts'

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
  const graph = planGraph(flow, { references: parallelism === 'graph' })
  const plan = createVolleyPlan(graph, { toolOf: () => undefined, endingOf: () => undefined })
  const isSerial = parallelism === 'serial'
  const gate = createGate(isSerial ? 1 : limitsOf(flow.agent).concurrency)
  const calls = picked.map((one, at) => newCall(at + 1, one.tool))
  const callOf = (number: number) => calls[number - 1] as PreviewCall
  const running: PreviewCall[] = []
  const queue: Move[] = []
  let now = 0
  let mostAtOnce = 0

  const refuse = (call: PreviewCall, because: string) => {
    Object.assign(call, { outcome: 'refused', because })
    queue.push(...plan.settle(call.call, { is: 'failed' }))
  }
  const follow = () => {
    for (let move = queue.shift(); move; move = queue.shift()) {
      const call = callOf(move.call)
      if (call.outcome === 'refused') continue
      if (move.do === 'release') {
        call.readyMs = now
        wantPlace(call)
      } else if (move.do === 'skip') {
        Object.assign(call, { outcome: 'skipped', because: `${callOf(move.because).tool} #${move.because} fails` })
        queue.push(...plan.settle(call.call, { is: 'skipped', because: move.because }))
      }
    }
  }
  const wantPlace = (call: PreviewCall) => {
    const policy = policyOf(graph.tools.get(call.tool) as Tool)
    gate.add({
      call: call.call,
      tool: call.tool,
      toolConcurrency: policy.concurrency,
      exclusive: exclusiveKey(policy.exclusive, call.call),
      rank: 0,
    })
  }

  for (const [at, one] of picked.entries()) {
    const call = callOf(at + 1)
    const tool = graph.tools.get(one.tool)
    const references = tool ? referencesOf(graph, tool, one, at, picked) : NO_REFERENCES
    const moves = plan.emit(
      { call: call.call, tool: one.tool, references: typeof references === 'string' ? [] : references.calls },
      { mayStartEarly: tool !== undefined && typeof references !== 'string' && isRepeatable(tool) },
    )
    call.startsEarly = moves.some((move) => move.do === 'release' && move.call === call.call)
    queue.push(...moves)
    if (!tool) refuse(call, `There is no tool "${one.tool}".`)
    else if (typeof references === 'string') refuse(call, references)
    if (one.fails && call.outcome === 'succeeds') call.outcome = 'fails'
  }
  queue.push(...plan.close())
  follow()

  const rankAll = () => {
    const ranks = new Map<number, number>()
    gate.rerank((call) =>
      isSerial ? 0 : rankOf(call, plan.dependentsOf, (one) => expectedMs(callOf(one).tool), ranks),
    )
  }
  for (;;) {
    rankAll()
    for (const number of gate.admit()) {
      const call = callOf(number)
      call.startMs = now
      call.endMs = now + Math.max(0, expectedMs(call.tool))
      running.push(call)
    }
    mostAtOnce = Math.max(mostAtOnce, running.length)
    running.sort((one, other) => (one.endMs as number) - (other.endMs as number) || one.call - other.call)
    const ended = running.shift()
    if (!ended) break
    now = ended.endMs as number
    gate.free(ended.call)
    queue.push(...plan.settle(ended.call, { is: ended.outcome === 'fails' ? 'failed' : 'succeeded' }))
    follow()
  }

  for (const call of calls) call.waitsFor = plan.waitsOf(call.call)
  setSteps(calls)
  const ran = calls.filter((call) => call.startMs !== null)
  return {
    calls,
    steps: stepsOf(ran),
    elapsedMs: Math.max(0, ...ran.map((call) => call.endMs as number)),
    serialMs: ran.reduce((sum, call) => sum + Math.max(0, expectedMs(call.tool)), 0),
    mostAtOnce,
  }
}

/** The tools that a call of this tool may refer to: those with a data edge to it, where references are on. */
export function sourcesFor(flow: Flow, tool: string): string[] {
  if (parallelismOf(flow.agent) !== 'graph') return []
  return [...new Set(flow.edges.filter((edge) => edge.to === tool && edge.kind === 'data').map((edge) => edge.from))]
}

function newCall(call: number, tool: string): PreviewCall {
  return {
    call,
    tool,
    waitsFor: [],
    step: 0,
    startsEarly: false,
    outcome: 'succeeds',
    because: null,
    readyMs: null,
    startMs: null,
    endMs: null,
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

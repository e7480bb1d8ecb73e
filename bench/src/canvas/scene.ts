import type { Flow, Point, Tool } from '../../../shared/src/flow/flow.ts'
import type { RunEvent, RunFact } from '../../../shared/src/run/events.ts'
import { seeded } from '../seeded.ts'

// What both pages draw: a generated flow, and a run of it whose calls keep changing their state. Pure.

/** The flow and its run are known by this name. */
export const SCENE = 'scene'

const NODE = { width: 232, height: 104 }
const GAP = { x: 120, y: 44 }

/** A flow of tools in columns as tall as they are many, with that many edges from a column to one at most two further right. */
export function sceneFlow(tools: number, edges: number): Flow {
  const names = Array.from({ length: tools }, (_, index) => `tool_${String(index + 1).padStart(4, '0')}`)
  const places = Object.fromEntries(names.map((name, index) => [name, placeOf(index, tools)]))
  return {
    format: 'volley.flow/1',
    name: `Scene of ${tools} tools and ${edges} edges`,
    description: '',
    agent: { provider: 'simulated', model: 'simulated-1', system: 'You look up what is asked for.' },
    tools: names.map(toolNamed),
    edges: edgesBetween(names, edges),
    layout: { agent: { x: 0, y: 0 }, ...places },
    notes: [],
  }
}

/** The events that bring every tool to one call that waits for its place. */
export function openingEvents(flow: Flow): RunEvent[] {
  const calls = flow.tools.map((tool, index) => ({ call: index + 1, tool: tool.name }))
  return numbered(1, 0, [
    {
      type: 'run.started',
      runId: SCENE,
      flow: { id: SCENE, name: flow.name, version: 1 },
      input: 'Look everything up.',
      parallelism: 'graph',
      provider: 'simulated',
      model: 'simulated-1',
    },
    { type: 'turn.started', turn: 1 },
    ...calls.map(
      ({ call, tool }): RunFact => ({
        type: 'call.emitted',
        turn: 1,
        call,
        id: `call_${call}`,
        tool,
        arguments: { city: `City ${call}`, days: 3 },
      }),
    ),
    ...calls.map(({ call }): RunFact => ({ type: 'call.waiting', call, waitsFor: [] })),
    { type: 'message.finished', turn: 1, usage: { inputTokens: 100, outputTokens: 100 }, stopReason: 'calls' },
  ])
}

/** One tick: the next `changes` calls go on to their next state, round and round. Numbered on from the opening events. */
export function tickEvents(tick: number, { sources, changes, every }: Ticking): RunEvent[] {
  const calls = sources.length
  const first = tick * changes
  const facts = Array.from({ length: changes }, (_, offset) => {
    const change = first + offset
    const index = change % calls
    return nextFact(index + 1, Math.floor(change / calls), sources[index] ?? [])
  })
  return numbered(openingCount(calls) + first + 1, (tick + 1) * every, facts)
}

export interface Ticking {
  /** For each call, those of the tools it depends on. There is one call a tool. */
  sources: readonly (readonly number[])[]
  /** How many of them change their state in a tick. */
  changes: number
  /** Milliseconds from tick to tick. */
  every: number
}

/** For each tool of a flow the numbers of the calls that its own call waits for. */
export function sourcesIn(flow: Flow): number[][] {
  const numbers = new Map(flow.tools.map((tool, index) => [tool.name, index + 1]))
  const byTarget = Map.groupBy(flow.edges, (edge) => edge.to)
  return flow.tools.map((tool) =>
    (byTarget.get(tool.name) ?? []).map((edge) => numbers.get(edge.from) as number).sort(),
  )
}

/** Runs, is put back, waits for others, and so on: nothing ends, so that this can go on for ever. */
function nextFact(call: number, round: number, sources: readonly number[]): RunFact {
  if (round % 3 === 1) return { type: 'call.waiting', call, waitsFor: [] }
  if (round % 3 === 2) return { type: 'call.waiting', call, waitsFor: [...sources] }
  const attempt = Math.floor(round / 3) + 1
  return { type: 'call.started', call, attempt, arguments: { city: `City ${call}`, days: 3 }, eager: false }
}

const openingCount = (calls: number) => 2 * calls + 3

function numbered(first: number, at: number, facts: RunFact[]): RunEvent[] {
  return facts.map((fact, index) => ({ ...fact, seq: first + index, at }))
}

function placeOf(index: number, tools: number): Point {
  const rows = Math.ceil(Math.sqrt(tools * 2))
  const column = Math.floor(index / rows)
  return { x: (column + 1) * (NODE.width + GAP.x), y: (index % rows) * (NODE.height + GAP.y) }
}

function toolNamed(name: string): Tool {
  return {
    name,
    description: `Looks up the weather for a city, as ${name} does it.`,
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' }, days: { type: 'integer' } },
      required: ['city'],
    },
    run: { kind: 'mock', result: { ok: true }, latencyMs: 100 },
    annotations: { readOnlyHint: true, destructiveHint: false },
  }
}

function edgesBetween(names: readonly string[], count: number): Flow['edges'] {
  const random = seeded(7)
  const rows = Math.ceil(Math.sqrt(names.length * 2))
  const drawn = new Map<string, Flow['edges'][number]>()
  const most = names.length - rows
  while (drawn.size < count) {
    const from = Math.floor(random() * most)
    const to = from + rows + Math.floor(random() * 5) - 2
    const [source, target] = [names[from], names[to]]
    if (!source || !target || Math.floor(to / rows) <= Math.floor(from / rows)) continue
    drawn.set(`${from} ${to}`, { from: source, to: target, kind: drawn.size % 2 ? 'data' : 'order' })
  }
  return [...drawn.values()]
}

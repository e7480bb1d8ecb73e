import type { Edge, Flow, Tool } from '../../flow/flow.ts'
import { isObject } from '../../lib/json.ts'
import type { CallState, RunState, TurnState } from '../../run/state.ts'
import { predictRun, type WhatIf } from '../predict.ts'
import { recordedTurns, referencesOf } from '../recordedTurns.ts'
import { isDisjoint, marksOf, tokensOf } from '../valueUse.ts'
import { applyCure, type Cure } from './cure.ts'

/** What every rule asks of a trace, worked out once and only when it is asked for. */
export interface TraceFacts {
  run: RunState
  flow: Flow
  tools: ReadonlyMap<string, Tool>
  /** The calls of a turn that the model saw, in order. */
  callsOf(turn: TurnState): CallState[]
  /** The calls a call refers to. */
  references(call: CallState): readonly number[]
  /** Whether a call's arguments hold something that only another call's result could tell. */
  uses(call: CallState, earlier: CallState): boolean
  /** The keys in a call's result, at any depth that a person would look at. */
  keysOf(call: CallState): ReadonlySet<string>
  /** Whether the answer holds something that only a call's result could tell; null where the result says nothing recognisable. */
  isAnswered(call: CallState): boolean | null
  /** Whether calls of `to` come after those of `from` by the edges, over other tools too. */
  isOrdered(from: string, to: string): boolean
  /** How many milliseconds sooner the run would have ended. */
  gain(change: WhatIf): number
  /** The same for a change of the document, played with the calls as they were made. */
  gainOf(cure: Cure): number
}

export function traceFacts(run: RunState, flow: Flow): TraceFacts {
  const tools = new Map(flow.tools.map((tool) => [tool.name, tool]))
  const references = referencesOf(run, flow)
  const reachable = new Map<string, ReadonlySet<string>>()
  const given = once(() => tokensOf([run.input, flow.agent.system ?? '', flow.agent.variables ?? {}]))
  const answer = once(() => tokensOf(run.output ?? ''))
  const turns = once(() => recordedTurns(run, flow))
  const asItWas = once(() => predictRun(run, flow, { turns: turns() }).elapsedMs)
  const marks = memoized((call: CallState) => marksOf(call.result, union(given(), tokensOf(argumentsOf(call)))))
  const tokens = memoized((call: CallState) => tokensOf(argumentsOf(call)))
  const gain = (change: WhatIf) =>
    Math.max(0, asItWas() - predictRun(run, flow, { turns: turns(), ...change }).elapsedMs)
  return {
    run,
    flow,
    tools,
    callsOf: (turn) => turn.calls.map((number) => run.calls[number - 1]).filter((call) => call !== undefined),
    references: (call) => references(call.call),
    uses: (call, earlier) => references(call.call).includes(earlier.call) || !isDisjoint(marks(earlier), tokens(call)),
    keysOf: memoized((call: CallState) => keysIn(call.result)),
    isAnswered: (call) => (marks(call).size === 0 ? null : !isDisjoint(marks(call), answer())),
    isOrdered: (from, to) => {
      const found = reachable.get(from) ?? reachedFrom(from, flow.edges)
      reachable.set(from, found)
      return found.has(to)
    },
    gain,
    gainOf: (cure) => {
      const cured = applyCure(flow, cure)
      if (!cured.ok) return 0
      // A hint says which calls may start early, which stands in the recorded turns themselves.
      return gain({
        flow: cured.value,
        ...(cure.change === 'set_hint' ? { turns: recordedTurns(run, cured.value) } : {}),
      })
    },
  }
}

export const argumentsOf = (call: CallState) => call.arguments ?? call.emittedArguments

function reachedFrom(from: string, edges: readonly Edge[]): Set<string> {
  const reached = new Set<string>()
  const open = [from]
  for (let tool = open.pop(); tool !== undefined; tool = open.pop()) {
    for (const edge of edges) {
      if (edge.from !== tool || reached.has(edge.to)) continue
      reached.add(edge.to)
      open.push(edge.to)
    }
  }
  return reached
}

function keysIn(value: unknown, depth = 0, keys = new Set<string>()): Set<string> {
  if (depth > 4) return keys
  if (Array.isArray(value)) for (const item of value.slice(0, 50)) keysIn(item, depth + 1, keys)
  else if (isObject(value))
    for (const [key, inner] of Object.entries(value)) {
      keys.add(key)
      keysIn(inner, depth + 1, keys)
    }
  return keys
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function memoized<Value>(make: (call: CallState) => Value): (call: CallState) => Value {
  const made = new Map<number, Value>()
  return (call) => {
    const known = made.get(call.call)
    if (known !== undefined) return known
    const value = make(call)
    made.set(call.call, value)
    return value
  }
}

const union = <Value>(one: ReadonlySet<Value>, other: ReadonlySet<Value>) => new Set([...one, ...other])

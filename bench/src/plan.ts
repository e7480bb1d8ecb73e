/** One call of a planned run. `deps` are the calls it depends on; they stand before it. */
export interface PlanCall {
  n: number
  tool: string
  deps: number[]
  durationMs: number
  /** For the measure of broken calls: how this one breaks. */
  fault?: Fault
}

/** `throws` answers with an error, `hangs` gives no answer, `ignores` gives none and takes no notice of being aborted. */
export type Fault = 'throws' | 'hangs' | 'ignores'

/** What one run has to do. `data`: a call takes the values of those it depends on; `order`: it only runs after them. */
export interface Plan {
  name: string
  edges: 'data' | 'order'
  calls: PlanCall[]
}

/** How fast the model speaks: until its first token, for each call after it, and for a whole answer. */
export interface Pace {
  firstTokenMs: number
  perCallMs: number
  answerMs: number
}

/** `one-turn`: all calls in one message, with references; `levels`: in each message those whose dependencies are answered. */
export type Mode = 'one-turn' | 'levels'

/** A plan to be played at a pace, with tools of one kind, once for each key. */
export interface Job {
  plan: Plan
  pace: Pace
  tools: 'http' | 'timers'
  keys: string[]
}

/** What a tool is called with. */
export interface CallArguments {
  job: string
  n: number
  inputs: unknown[]
}

/** The value that call `n` gives, so that whoever takes it on can be checked. */
export const valueFor = (n: number) => `value-${n}`

/** A tool's answer. */
export const resultOf = (n: number) => ({ n, value: valueFor(n) })

/** What the model writes for a call: a reference where it cannot know the value yet, else the value. */
export function argumentsOf(job: string, plan: Plan, call: PlanCall, mode: Mode): CallArguments {
  const input = (dep: number) => (mode === 'one-turn' ? { from_call: dep, path: 'value' } : valueFor(dep))
  return { job, n: call.n, inputs: plan.edges === 'data' ? call.deps.map(input) : [] }
}

/** What the call must be executed with. */
export function inputsOf(plan: Plan, call: PlanCall): string[] {
  return plan.edges === 'data' ? call.deps.map(valueFor) : []
}

/** The calls of the model's next message; none when it answers. */
export function nextCalls(plan: Plan, mode: Mode, answered: ReadonlySet<number>): PlanCall[] {
  if (mode === 'one-turn') return answered.size === 0 ? plan.calls : []
  return plan.calls.filter((call) => !answered.has(call.n) && call.deps.every((dep) => answered.has(dep)))
}

/**
 * The shortest time one message and an answer allow: each call starts when it is written and all it depends on have ended. Along
 * order edges it also waits for the end of the message, since a call it must wait for could still be written.
 */
export function idealMs(plan: Plan, pace: Pace): number {
  const messageEnd = pace.firstTokenMs + plan.calls.length * pace.perCallMs
  const ends = new Map<number, number>()
  plan.calls.forEach((call, index) => {
    const waitsForEnd = plan.edges === 'order' && call.deps.length > 0
    const written = waitsForEnd ? messageEnd : pace.firstTokenMs + (index + 1) * pace.perCallMs
    ends.set(call.n, Math.max(written, ...call.deps.map((dep) => ends.get(dep) ?? 0)) + call.durationMs)
  })
  return Math.max(messageEnd, ...ends.values()) + pace.answerMs
}

/** The shortest time a message for each level and an answer allow, each call starting when it is written. */
export function idealByLevelsMs(plan: Plan, pace: Pace): number {
  const answered = new Set<number>()
  let total = pace.answerMs
  for (let calls = nextCalls(plan, 'levels', answered); calls.length > 0; ) {
    total += pace.firstTokenMs
    total += Math.max(...calls.map((call, index) => (index + 1) * pace.perCallMs + call.durationMs))
    for (const call of calls) answered.add(call.n)
    calls = nextCalls(plan, 'levels', answered)
  }
  return total
}

/** Messages a model needs that orders calls by levels, its answer included. */
export function requestsByLevels(plan: Plan): number {
  const answered = new Set<number>()
  let requests = 1
  for (let calls = nextCalls(plan, 'levels', answered); calls.length > 0; requests++) {
    for (const call of calls) answered.add(call.n)
    calls = nextCalls(plan, 'levels', answered)
  }
  return requests
}

import type { Edge, Flow, Tool } from '@volley/shared/flow/flow.ts'
import { FLOW_FORMAT } from '@volley/shared/flow/flow.ts'
import type { RunEvent, RunEventOf, RunFact } from '@volley/shared/run/events.ts'
import { runFromEvents } from '@volley/shared/run/state.ts'
import { createEngine } from '../engine/engine.ts'
import type { Limits, Prices, Progress, RunSpec, ToolOutcome, ToolRunner } from '../engine/ports.ts'
import type { ValidateArguments } from '../engine/readCall.ts'
import { createMemoryEventLog } from '../store/memoryEventLog.ts'
import { logFaults } from './invariants.ts'
import { type ManualClock, manualClock } from './manualClock.ts'
import { type ScriptedTurn, scriptedModel } from './scriptedModel.ts'

export const RUN = 'run-1'

/** A tool that takes any arguments; what it does is said in `tools` of {@link runWith}. */
export function aTool(name: string, more: Partial<Tool> = {}): Tool {
  return { name, parameters: { type: 'object' }, run: { kind: 'mock' }, ...more }
}

export const order = (from: string, to: string, more: Partial<Edge> = {}): Edge => ({
  from,
  to,
  kind: 'order',
  ...more,
})
export const data = (from: string, to: string, more: Partial<Edge> = {}): Edge => ({ from, to, kind: 'data', ...more })

export function aFlow(tools: (Tool | string)[], edges: Edge[] = [], agent: Partial<Flow['agent']> = {}): Flow {
  return {
    format: FLOW_FORMAT,
    name: 'Harbour desk',
    description: '',
    agent: { provider: 'scripted', model: 'scripted-1', ...agent },
    tools: tools.map((tool) => (typeof tool === 'string' ? aTool(tool) : tool)),
    edges,
    layout: {},
    notes: [],
  }
}

/** What a tool does when called: how long it takes and how it ends. `ignoresAbort` never settles once aborted. */
export interface ToolAct {
  ms?: number
  result?: unknown
  fails?: string
  outcome?: ToolOutcome
  /** Told at once when the call begins. */
  reports?: Progress[]
  hangs?: boolean
}
export type ToolActs = Record<string, ToolAct | ((args: Record<string, unknown>, nth: number) => ToolAct)>

export interface Scene {
  flow: Flow
  input?: string
  turns?: ScriptedTurn[]
  batch?: RunSpec['batch']
  tools?: ToolActs
  validate?: ValidateArguments
  prices?: Prices
  replay?: RunSpec['replay']
  origin?: RunSpec['origin']
  /** What this run has in common with others. */
  limits?: (clock: ManualClock) => Limits
  /** Called at times of the clock while the run goes on. */
  during?: { at: number; act: (engine: ReturnType<typeof createEngine>) => void }[]
}

/** Plays a run on a clock turned by hand, and tells it from its stored events. */
export async function runWith(scene: Scene) {
  const stage = setStage(scene)
  await stage.engine.start(stage.spec)
  return stage.playToTheEnd()
}

/** Takes up a run whose log goes as far as `events`, as a server does after a crash, and plays it to its end. */
export async function resumeWith(scene: Scene, events: readonly RunEvent[]) {
  const stage = setStage(scene, events.filter((event) => event.type === 'message.finished').length)
  const [first, ...rest] = events
  if (!first) throw new Error('a run that was never stored cannot be taken up')
  await stage.log.create(stage.spec, [first], 'running')
  if (rest.length > 0) await stage.log.append(RUN, rest, 'running')
  await stage.engine.resume(stage.spec)
  return stage.playToTheEnd()
}

function setStage(
  {
    flow,
    input = 'Go on.',
    turns = [],
    batch,
    tools = {},
    validate = () => null,
    prices,
    replay,
    origin = { id: null, version: null },
    limits,
    during = [],
  }: Scene,
  turnsPlayed = 0,
) {
  const clock = manualClock()
  const log = createMemoryEventLog()
  const { models, requests } = scriptedModel(clock, turns.slice(Math.min(turnsPlayed, Math.max(turns.length - 1, 0))))
  const executions: { tool: string; key: string; at: number; aborted: boolean }[] = []
  const faults: unknown[] = []
  const runner: ToolRunner = {
    run: (call, signal) =>
      new Promise((resolve) => {
        const execution = { tool: call.tool.name, key: call.idempotencyKey, at: clock.now(), aborted: false }
        executions.push(execution)
        signal.addEventListener('abort', () => {
          execution.aborted = true
        })
        const given = tools[call.tool.name] ?? {}
        const nth = executions.filter((one) => one.tool === call.tool.name).length
        const act = typeof given === 'function' ? given(call.arguments, nth) : given
        for (const progress of act.reports ?? []) call.report?.(progress)
        if (act.hangs) return
        clock.after(act.ms ?? 0, () => {
          if (act.outcome) resolve(act.outcome)
          else if (act.fails) resolve({ ok: false, code: 'tool_error', message: act.fails, retry: false })
          else resolve({ ok: true, result: act.result === undefined ? { from: call.tool.name } : act.result })
        })
      }),
  }
  const engine = createEngine({
    models,
    tools: runner,
    log,
    clock,
    randomness: { next: () => 0.5 },
    validate,
    ...(prices ? { prices } : {}),
    ...(limits ? { limits: limits(clock) } : {}),
    onFault: (fault) => faults.push(fault),
  })
  for (const { at, act } of during) clock.after(at, () => act(engine))
  const spec: RunSpec = {
    runId: RUN,
    flow,
    origin,
    input,
    variables: {},
    ...(batch ? { batch } : {}),
    ...(replay ? { replay } : {}),
  }
  const playToTheEnd = async () => {
    await clock.run()
    if (faults.length > 0) throw faults[0]
    const events = await log.read(RUN, 0)
    // Whatever a test looks at, every log that is played must be sound. One without an end is a scene that stops half-way.
    const unsound = logFaults(events, flow, { isWhole: events.at(-1)?.type === 'run.finished' })
    if (unsound.length > 0) throw new Error(`the log is not sound: ${unsound.join('; ')}`)
    return { ...tell(events), requests, executions }
  }
  return { engine, log, spec, playToTheEnd }
}

const ENDS: RunFact['type'][] = ['call.succeeded', 'call.failed', 'call.skipped', 'call.cancelled']

/** Events, with the questions tests ask of them. */
export function tell(events: RunEvent[]) {
  const of = <Type extends RunFact['type']>(type: Type, call?: number) =>
    events.filter(
      (event): event is RunEventOf<Type> =>
        event.type === type && (call === undefined || ('call' in event && event.call === call)),
    )
  const run = runFromEvents(events)
  return {
    events,
    run,
    of,
    /** How each call ended: its status, or the code of its problem. */
    ends: run.calls.map((call) => call.error?.code ?? call.status),
    startOf: (call: number) => of('call.started', call)[0]?.at,
    endOf: (call: number) => run.calls[call - 1]?.finishedAt ?? undefined,
    terminals: (call: number) =>
      events.filter((event) => ENDS.includes(event.type) && 'call' in event && event.call === call).length,
  }
}

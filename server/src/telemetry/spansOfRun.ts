import type { RunEvent } from '@volley/shared/run/events.ts'
import { type CallState, type RunState, runFromEvents, type TurnState } from '@volley/shared/run/state.ts'
import type { RunSpec } from '../engine/ports.ts'
import { errorOf, faultAttributes, modelAttributes, settingsAttributes, usageAttributes } from './attributes.ts'
import { argumentsAndResult, messagesOf, systemInstructions } from './content.ts'
import { FINISH_REASONS } from './finishReasons.ts'
import { callSpanId, runSpanId, type Span, traceIdOf, turnSpanId } from './span.ts'

// What a run looks like in OpenTelemetry, by the conventions for generative AI: `invoke_agent` for the run, below it a `chat` for each turn
// and an `execute_tool` for each call. What the conventions have no name for is said under `volley.`.

/** A run that has ended, and what it was started with. */
export interface EndedRun {
  events: readonly RunEvent[]
  spec: Pick<RunSpec, 'flow' | 'variables' | 'batch' | 'parent'>
  /** When it began, in milliseconds since 1970. */
  startedAt: number
}

export interface SpanOptions {
  /** Whether messages, arguments, results and the words of errors may be told. */
  withContent: boolean
  /** Puts `***` in the place of secrets: the log holds none, but the flow's document may. */
  hide: <Value>(value: Value) => Value
}

interface Scene extends SpanOptions, EndedRun {
  run: RunState
  traceId: string
  /** The wall time of a moment of the run. */
  at: (ms: number) => number
}

/** All spans of one run, the run's own first. Pure: the same events give the same spans. */
export function spansOfRun(ended: EndedRun, options: SpanOptions): Span[] {
  const run = runFromEvents(ended.events)
  const { parent } = ended.spec
  const traceId = traceIdOf(parent?.root ?? parent?.run ?? run.id)
  const scene: Scene = { ...ended, ...options, run, traceId, at: (ms) => ended.startedAt + ms }
  const turns = ended.spec.batch ? [] : run.turns.map((turn) => turnSpan(turn, scene))
  return [runSpan(scene), ...turns, ...run.calls.map((call) => callSpan(call, scene))]
}

function runSpan({ run, spec, traceId, at, withContent, hide }: Scene): Span {
  const { flow, summary, usage, parent } = run
  const isAgent = !spec.batch
  return {
    name: `invoke_agent ${flow.name}`,
    kind: 'internal',
    traceId,
    spanId: runSpanId(run.id),
    ...(parent ? { parentSpanId: callSpanId(parent.run, parent.call) } : {}),
    startedAt: at(0),
    endedAt: at(run.at),
    attributes: {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': flow.name,
      ...(flow.id === null ? {} : { 'gen_ai.agent.id': flow.id }),
      ...(flow.version === null ? {} : { 'gen_ai.agent.version': String(flow.version) }),
      ...(isAgent ? modelAttributes(run) : {}),
      ...(isAgent ? usageAttributes(usage) : {}),
      ...settingsAttributes(spec.flow),
      'volley.run.id': run.id,
      'volley.run.status': run.status,
      'volley.run.parallelism': run.parallelism,
      'volley.run.turns': run.turns.length,
      ...(run.costUsd === null ? {} : { 'volley.run.cost_usd': run.costUsd }),
      ...(summary
        ? {
            'volley.run.calls': summary.calls.total,
            'volley.run.calls_failed': summary.calls.failed,
            'volley.run.serial_ms': summary.serialMs,
            'volley.run.critical_path_ms': summary.criticalPathMs,
            'volley.run.speedup': summary.speedup,
          }
        : {}),
      ...(withContent
        ? { ...systemInstructions(spec, hide), ...messagesOf(run, spec.flow, { before: 1, output: run.turns.at(-1) }) }
        : {}),
    },
    links: [],
    events: [],
    ...(run.status === 'succeeded' ? {} : errorOf(run.error?.code ?? run.status, run.error?.message, withContent)),
  }
}

function turnSpan(turn: TurnState, { run, spec, events, traceId, at, withContent, hide }: Scene): Span {
  const endedAt = turn.messageFinishedAt ?? turn.finishedAt ?? run.at
  const firstWord = turn.retries.length === 0 ? firstWordOf(turn.turn, events) : undefined
  const isCutOff = turn.messageFinishedAt === null && turn.finishedAt === null
  return {
    name: `chat ${run.model}`,
    kind: run.provider === 'simulated' ? 'internal' : 'client',
    traceId,
    spanId: turnSpanId(run.id, turn.turn),
    parentSpanId: runSpanId(run.id),
    startedAt: at(turn.startedAt),
    endedAt: at(endedAt),
    attributes: {
      'gen_ai.operation.name': 'chat',
      ...modelAttributes(run),
      'gen_ai.request.stream': true,
      ...settingsAttributes(spec.flow),
      ...(isCutOff ? {} : usageAttributes(turn.usage)),
      ...(turn.stopReason ? { 'gen_ai.response.finish_reasons': [FINISH_REASONS[turn.stopReason]] } : {}),
      ...(firstWord === undefined
        ? {}
        : { 'gen_ai.response.time_to_first_chunk': (firstWord - turn.startedAt) / 1000 }),
      'volley.turn': turn.turn,
      'volley.turn.calls': turn.calls.length,
      ...(withContent
        ? { ...systemInstructions(spec, hide), ...messagesOf(run, spec.flow, { before: turn.turn, output: turn }) }
        : {}),
    },
    links: [],
    events: turn.retries.map((retry) => ({
      name: 'volley.turn.retrying',
      at: at(retry.at),
      attributes: {
        'volley.attempt': retry.attempt,
        'volley.delay_ms': retry.delayMs,
        ...faultAttributes(retry.error, withContent),
      },
    })),
    ...(isCutOff ? errorOf(run.error?.code ?? 'cancelled', run.error?.message, withContent) : {}),
  }
}

function callSpan(call: CallState, { run, spec, traceId, at, withContent, hide }: Scene): Span {
  const tool = spec.flow.tools.find(({ name }) => name === call.tool)
  const endedAt = call.finishedAt ?? run.at
  const startedAt = call.startedAt ?? endedAt
  const isOnPath = run.summary?.criticalPath.includes(call.call) === true
  return {
    name: `execute_tool ${call.tool}`,
    kind: 'internal',
    traceId,
    spanId: callSpanId(run.id, call.call),
    parentSpanId: runSpanId(run.id),
    startedAt: at(startedAt),
    endedAt: at(endedAt),
    attributes: {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': call.tool,
      'gen_ai.tool.type': 'function',
      ...(call.id === '' ? {} : { 'gen_ai.tool.call.id': call.id }),
      ...(tool?.description ? { 'gen_ai.tool.description': hide(tool.description) } : {}),
      'volley.call': call.call,
      'volley.turn': call.turn,
      'volley.call.status': call.status,
      'volley.call.attempts': call.attempts.length,
      'volley.call.eager': call.eager,
      'volley.call.waited_for': call.waitsFor.length,
      'volley.call.held_ms': startedAt - call.emittedAt,
      'volley.call.critical': isOnPath,
      ...(call.coalescedWith === undefined ? {} : { 'volley.call.coalesced_with': call.coalescedWith }),
      ...(call.adoptedFrom === undefined ? {} : { 'volley.call.adopted_from': call.adoptedFrom }),
      ...(withContent ? argumentsAndResult(call) : {}),
    },
    ...linksOf(call, run, spec.batch === undefined),
    events: call.attempts.flatMap((attempt) => [
      { name: 'volley.attempt.started', at: at(attempt.startedAt), attributes: { 'volley.attempt': attempt.attempt } },
      ...(attempt.error && attempt.finishedAt !== null
        ? [
            {
              name: 'volley.attempt.failed',
              at: at(attempt.finishedAt),
              attributes: { 'volley.attempt': attempt.attempt, ...faultAttributes(attempt.error, withContent) },
            },
          ]
        : []),
    ]),
    ...(call.error ? errorOf(call.error.code, call.error.message, withContent) : {}),
  }
}

/** OpenTelemetry's own usual limit for one span. */
const MOST_LINKS = 128

/** To the turn that made a call, where a model did, and to what the call waited for. */
function linksOf(call: CallState, run: RunState, isOfModel: boolean): Pick<Span, 'links' | 'droppedLinks'> {
  const emitted = { spanId: turnSpanId(run.id, call.turn), attributes: { 'volley.link': 'emitted_by' } }
  const most = MOST_LINKS - (isOfModel ? 1 : 0)
  const waited = call.waitsFor.slice(0, most).map((other) => ({
    spanId: callSpanId(run.id, other),
    attributes: { 'volley.link': 'waited_for', 'volley.call': other },
  }))
  const dropped = call.waitsFor.length - waited.length
  return { links: [...(isOfModel ? [emitted] : []), ...waited], ...(dropped > 0 ? { droppedLinks: dropped } : {}) }
}

const firstWordOf = (turn: number, events: readonly RunEvent[]): number | undefined =>
  events.find((event) => (event.type === 'text.delta' || event.type === 'call.emitted') && event.turn === turn)?.at

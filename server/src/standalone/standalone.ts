import type { Flow } from '@volley/shared/flow/flow.ts'
import type { EarlierMessage, RunEvent } from '@volley/shared/run/events.ts'
import { type RunRecord, recordOf } from '@volley/shared/run/record.ts'
import { applyRunEvents, EMPTY_RUN, type RunState } from '@volley/shared/run/state.ts'
import { findingsOf } from '@volley/shared/trace/findings/index.ts'
import type { Parts } from '../deps.ts'
import type { Engine, EventLog, RunSpec } from '../engine/ports.ts'
import type { Env } from '../env.ts'
import type { Logger } from '../log.ts'
import { builtInPrices } from '../prices/prices.ts'
import type { Vault } from '../secrets/vault.ts'
import { newId } from '../store/ids.ts'
import { createMemoryEventLog } from '../store/memoryEventLog.ts'
import { tellingEnds } from '../store/tellingEnds.ts'
import type { OwnTools } from '../tools/own.ts'

export interface Standalone {
  engine: Engine
  log: EventLog
  /** Runs one flow to its end, told of each page of events with the run as it then is. Rejects when `see` throws. */
  play(spec: RunSpec, options?: { see?: See; signal?: AbortSignal | undefined }): Promise<RunState>
  /** Runs one flow to its end, each event told in order. Resolves with the record, however the run ended; rejects when `onEvent` throws. */
  run(spec: RunSpec, options?: RunOptions): Promise<RunRecord>
  /** Stops what still runs, and gives back processes and connections. */
  close(): Promise<void>
}

export type See = (events: RunEvent[], run: RunState) => void

export interface RunOptions {
  onEvent?: ((event: RunEvent) => void) | undefined
  /** Cancels the run: the model and every running call are aborted at once. */
  signal?: AbortSignal | undefined
}

/** An engine in this process, without a server: what it runs is kept in memory, and forgotten with it. */
export async function openStandalone(
  parts: Parts,
  { env, vault, logger, ownTools }: { env: Env; vault: Vault; logger: Logger; ownTools?: OwnTools },
): Promise<Standalone> {
  const kept = createMemoryEventLog()
  const begun = new Map<string, { spec: RunSpec; startedAt: number }>()
  const mcp = parts.createMcp({ ...vault, ownPort: null })
  const sandbox = parts.createSandbox({ env, logger, ownPort: null })
  const telemetry = await parts.createTelemetry({
    env,
    logger,
    hide: vault.redaction.json,
    read: async (runId) => {
      const run = begun.get(runId)
      return run ? { events: await kept.read(runId, 0), ...run } : null
    },
  })
  const log = tellingEnds(kept, (runId) => telemetry?.runEnded(runId))
  const engine = parts.createEngine({
    env,
    ...vault,
    prices: builtInPrices,
    sandbox,
    log,
    logger,
    audit: { note: () => {} },
    mcp,
    ownPort: null,
    saved: null,
    ...(ownTools ? { ownTools } : {}),
  })

  const play: Standalone['play'] = async (spec, { see = () => {}, signal } = {}) => {
    const cancel = () => void engine.cancel(spec.runId)
    begun.set(spec.runId, { spec, startedAt: Date.now() })
    signal?.addEventListener('abort', cancel)
    try {
      await engine.start(spec)
      if (signal?.aborted) cancel()
      let run = EMPTY_RUN
      for await (const events of log.tail(spec.runId, 0, new AbortController().signal)) {
        run = applyRunEvents(run, events)
        see(events, run)
      }
      return run
    } catch (fault) {
      cancel()
      throw fault
    } finally {
      signal?.removeEventListener('abort', cancel)
    }
  }

  return {
    engine,
    log,
    play,
    async run(spec, { onEvent = () => {}, signal } = {}) {
      const run = await play(spec, { see: (events) => events.forEach(onEvent), signal })
      return recordOf(run, findingsOf(run, spec.flow))
    },
    async close() {
      await engine.stop()
      await mcp.close()
      await sandbox.close()
      await telemetry?.close()
    },
  }
}

/** What a flow is begun with where nothing is saved. */
export function standaloneSpec(
  flow: Flow,
  {
    input,
    variables = {},
    messages = [],
    mocked = false,
  }: {
    input: string
    /** In place of the flow's own values. */
    variables?: Readonly<Record<string, string>> | undefined
    messages?: readonly EarlierMessage[] | undefined
    /** Whether every tool of the flow was replaced by a mock. */
    mocked?: boolean
  },
): RunSpec {
  return {
    runId: newId(),
    flow,
    origin: { id: null, version: null },
    input,
    variables: { ...flow.agent.variables, ...variables },
    ...(messages.length > 0 ? { messages: [...messages] } : {}),
    ...(mocked ? { mocked } : {}),
  }
}

/** Hears the events of a run, and refuses each call that awaits an approval. */
export function refusingApprovals(engine: Pick<Engine, 'decide'>, runId: string, reason: string) {
  return (event: RunEvent): void => {
    if (event.type === 'call.awaiting_approval') void engine.decide(runId, event.call, { approve: false, reason })
  }
}

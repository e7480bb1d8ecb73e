import type { RunEvent } from '@volley/shared/run/events.ts'
import { type RunRecord, recordOf } from '@volley/shared/run/record.ts'
import { runFromEvents } from '@volley/shared/run/state.ts'
import { findingsOf } from '@volley/shared/trace/findings/index.ts'
import type { Parts } from '../deps.ts'
import type { Engine, EventLog, RunSpec } from '../engine/ports.ts'
import type { Env } from '../env.ts'
import type { Logger } from '../log.ts'
import { builtInPrices } from '../prices/prices.ts'
import type { Vault } from '../secrets/vault.ts'
import { createMemoryEventLog } from '../store/memoryEventLog.ts'
import { tellingEnds } from '../store/tellingEnds.ts'
import type { OwnTools } from '../tools/own.ts'

export interface Standalone {
  engine: Engine
  log: EventLog
  /** Runs one flow to its end, each event told in order. Resolves with the record, however the run ended; rejects when `onEvent` throws. */
  run(spec: RunSpec, options?: RunOptions): Promise<RunRecord>
  /** Stops what still runs, and gives back processes and connections. */
  close(): Promise<void>
}

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

  return {
    engine,
    log,
    async run(spec, { onEvent = () => {}, signal } = {}) {
      const cancel = () => void engine.cancel(spec.runId)
      begun.set(spec.runId, { spec, startedAt: Date.now() })
      signal?.addEventListener('abort', cancel)
      try {
        await engine.start(spec)
        if (signal?.aborted) cancel()
        const events: RunEvent[] = []
        for await (const page of log.tail(spec.runId, 0, new AbortController().signal)) {
          events.push(...page)
          page.forEach(onEvent)
        }
        const run = runFromEvents(events)
        return recordOf(run, findingsOf(run, spec.flow))
      } catch (fault) {
        cancel()
        throw fault
      } finally {
        signal?.removeEventListener('abort', cancel)
      }
    },
    async close() {
      await engine.stop()
      await mcp.close()
      await sandbox.close()
      await telemetry?.close()
    },
  }
}

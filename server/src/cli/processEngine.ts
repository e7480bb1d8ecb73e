import type { RunEvent } from '@volley/shared/run/events.ts'
import { applyRunEvents, EMPTY_RUN, type RunState } from '@volley/shared/run/state.ts'
import type { Parts } from '../deps.ts'
import type { Models, RunSpec } from '../engine/ports.ts'
import { parseEnv } from '../env.ts'
import { createLog } from '../log.ts'
import { builtInPrices } from '../prices/prices.ts'
import { readVault } from '../secrets/readVault.ts'
import { createMemoryEventLog } from '../store/memoryEventLog.ts'
import { StoreFault } from '../store/storeFault.ts'
import { tellingEnds } from '../store/tellingEnds.ts'
import { type Terminal, UsageError } from './terminal.ts'

/** An engine in this process, without a server, that keeps nothing. */
export interface ProcessEngine {
  /** Runs a flow to its end; `see` is told each page of events with the run as it then is. A signal that aborts cancels the run. */
  play(spec: RunSpec, signal: AbortSignal, see?: (events: RunEvent[], run: RunState) => void): Promise<RunState>
  decide(runId: string, call: number, decision: { approve: boolean; reason?: string }): Promise<boolean>
  /** The models there are, those behind connections included. */
  models: Models
  close(): Promise<void>
}

/** Opens an engine with the secrets and connections of the data folder, if there is one; null after saying what is wrong with it. */
export async function openEngine(terminal: Terminal, parts: Parts): Promise<ProcessEngine | null> {
  const env = parseEnv(terminal.variables, terminal.cwd)
  if (!env.ok) throw new UsageError(env.error.join('; '))
  const vault = await readVault(env.value, parts.createModels(env.value)).catch((fault: unknown) => {
    if (!(fault instanceof StoreFault)) throw fault
    terminal.err(`volley: ${fault.message}\n`)
  })
  if (!vault) return null
  const kept = createMemoryEventLog()
  const begun = new Map<string, { spec: RunSpec; startedAt: number }>()
  const logger = createLog('warn', undefined, vault.redaction.text)
  const mcp = parts.createMcp({ ...vault, ownPort: null })
  const sandbox = parts.createSandbox({ env: env.value, logger, ownPort: null })
  const telemetry = await parts.createTelemetry({
    env: env.value,
    logger,
    hide: vault.redaction.json,
    read: async (id) => {
      const run = begun.get(id)
      return run ? { events: await kept.read(id, 0), ...run } : null
    },
  })
  const log = tellingEnds(kept, (id) => telemetry?.runEnded(id))
  const engine = parts.createEngine({
    env: env.value,
    ...vault,
    prices: builtInPrices,
    sandbox,
    log,
    logger,
    audit: { note: () => {} },
    mcp,
    ownPort: null,
    saved: null,
  })
  return {
    async play(spec, signal, see = () => {}) {
      begun.set(spec.runId, { spec, startedAt: Date.now() })
      await engine.start(spec)
      const cancel = () => void engine.cancel(spec.runId)
      signal.addEventListener('abort', cancel, { once: true })
      if (signal.aborted) cancel()
      let run = EMPTY_RUN
      for await (const events of log.tail(spec.runId, 0, new AbortController().signal)) {
        run = applyRunEvents(run, events)
        see(events, run)
      }
      signal.removeEventListener('abort', cancel)
      return run
    },
    models: vault.models,
    decide: (runId, call, decision) => engine.decide(runId, call, decision),
    async close() {
      await engine.stop()
      await mcp.close()
      await sandbox.close()
      await telemetry?.close()
    },
  }
}

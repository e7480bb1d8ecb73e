import type { RunEvent } from '@volley/shared/run/events.ts'
import { runFromEvents } from '@volley/shared/run/state.ts'
import { digestOf, type RunDigest } from '@volley/shared/trace/digest.ts'
import { findingsOf } from '@volley/shared/trace/findings/index.ts'
import type { RunSpec } from '../engine/ports.ts'
import type { RunDigests } from '../store/runDigests.ts'

/** Raised when the rules change by which a run is looked through: runs of before are looked through again, beside the requests. */
export const DIGEST_VERSION = 1
/** How many runs of before are looked through before they are stored together. */
const PAGE = 50

export interface Digests {
  /** A run has ended: it is looked through soon. */
  runEnded(runId: string): void
  /** Resolves when all ended runs have been looked through. */
  idle(): Promise<void>
  /** Leaves what is not done to the next start. */
  stop(): Promise<void>
}

export interface DigestsOptions {
  digests: Pick<RunDigests, 'put' | 'missing'>
  log: { read(runId: string, after: number): Promise<RunEvent[]> }
  specOf(runId: string): Promise<RunSpec | null>
  /** A run that cannot be read must not keep the others back. */
  onFault(fault: unknown, runId: string): void
}

/**
 * Looks through each run once after its end, and through those that earlier servers left: one run after another, with others' turns between.
 */
export function keepDigests({ digests, log, specOf, onFault }: DigestsOptions): Digests {
  let ended: string[] = []
  let isBackfilled = false
  let isStopped = false
  let working: Promise<void> | null = null
  const hopeless = new Set<string>()

  const digest = async (runId: string): Promise<RunDigest | null> => {
    try {
      const [events, spec] = await Promise.all([log.read(runId, 0), specOf(runId)])
      const run = runFromEvents(events)
      const found = spec && digestOf(run, findingsOf(run, spec.flow))
      if (found) return found
    } catch (fault) {
      onFault(fault, runId)
    }
    hopeless.add(runId)
    return null
  }

  const next = async (): Promise<string[]> => {
    if (ended.length > 0) {
      const runIds = ended
      ended = []
      return runIds
    }
    if (isBackfilled) return []
    const left = (await digests.missing(DIGEST_VERSION, PAGE + hopeless.size)).filter((id) => !hopeless.has(id))
    isBackfilled = left.length === 0
    return left
  }

  const work = async () => {
    for (let runIds = await next(); runIds.length > 0 && !isStopped; runIds = await next()) {
      const done: { runId: string; digest: RunDigest }[] = []
      for (const runId of runIds) {
        if (isStopped) break
        const found = await digest(runId)
        if (found) done.push({ runId, digest: found })
        await new Promise<void>((resolve) => setImmediate(resolve))
      }
      await digests.put(DIGEST_VERSION, done)
    }
  }
  const wake = () => {
    if (isStopped) return
    working ??= work()
      .catch((fault: unknown) => {
        // What a full disk kept back is looked for again when the next run ends.
        isBackfilled = false
        onFault(fault, '')
      })
      .finally(() => {
        working = null
        if (ended.length > 0) wake()
      })
  }
  wake()

  return {
    runEnded(runId) {
      ended.push(runId)
      wake()
    },
    async idle() {
      while (working) await working
    },
    async stop() {
      isStopped = true
      await working
    },
  }
}

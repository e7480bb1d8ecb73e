import { runFromEvents } from '@volley/shared/run/state.ts'
import type { Engine, WorkingEngine } from '../engine/ports.ts'
import type { Announcement } from '../store/announcements.ts'
import { findForgottenRuns } from '../store/jobs.ts'
import type { SharedStore } from '../store/sharedStore.ts'
import { every } from './every.ts'
import type { Handed, Queue } from './queue.ts'

// One of the servers that share a store. Whoever is asked to start a run stores it; a queue hands it to whichever server is free, and to another
// one when that dies. Invariants:
// 1. A run is written by the server whose claim is the newest, and a claim is made only while its job is held.
// 2. What a person decides or cancels is stored before it is told: who owns the run looks for it when told, when it takes the run up, and
//    from time to time.
// 3. A run that waits for people alone is owned by no one.

export interface Fleet {
  /** For the requests of this server; it may concern runs of any other. */
  engine: Engine
  /** Resolves when what went on here is given back. */
  stop(): Promise<void>
}

export interface FleetOptions {
  store: Pick<SharedStore, 'ownership' | 'announce' | 'onAnnouncement' | 'database'> & {
    runs: Pick<SharedStore['runs'], 'status' | 'spec'>
    log: Pick<SharedStore['log'], 'read'>
  }
  queue: Queue
  /** Runs what is handed to this server; started runs it only stores. */
  engine: WorkingEngine
  /** False: this server answers requests and runs nothing. */
  works: boolean
  onFault(fault: unknown, runId: string): void
  /** How often it looks for what it was not told. */
  lookMs?: number
}

/** So many owners in a row may be lost. */
const MOST_DEATHS = 3
const LOOK_MS = 2_000

export async function joinFleet({
  store: { ownership, announce, onAnnouncement, runs, log, database },
  queue,
  engine,
  works,
  onFault,
  lookMs = LOOK_MS,
}: FleetOptions): Promise<Fleet> {
  /** Runs that go on here: under which claim, and since when each waits for people alone. */
  const own = new Map<string, { epoch: number; waitingSince: number | null }>()
  let isStopping = false

  /** Whether the engine here took the decision; null where the run was let go before that was durable. */
  const decideHere = (...decision: Parameters<Engine['decide']>): Promise<boolean | null> =>
    Promise.race([engine.decide(...decision), engine.over(decision[0]).then(() => null)])

  const applyDecisions = async (runId: string) => {
    for (const { call, ...decision } of await ownership.decisions(runId)) {
      // What was not taken here is kept for who takes the run up next.
      if ((await decideHere(runId, call, decision)) === null) return
      await ownership.forgetDecision(runId, call)
    }
  }

  const take = async (handed: Handed) => {
    const { id: runId, signal } = handed
    if (isStopping) throw new Error('this server is about to stop')
    const claim = await ownership.claim(runId, handed.holds)
    if (!claim) return
    // Where the job was lost and came back to this very server, the run goes on under the newer claim.
    const isMine = () => own.get(runId)?.epoch === claim.epoch
    const letGo = () => {
      if (isMine()) void engine.letGo(runId)
    }
    signal.addEventListener('abort', letGo)
    own.set(runId, { epoch: claim.epoch, waitingSince: null })
    try {
      await engine.resume(claim.spec)
      if (signal.aborted || isStopping) letGo()
      if (claim.deaths >= MOST_DEATHS) engine.fail(runId, deadly(claim.deaths))
      if (claim.cancelRequested) await engine.cancel(runId)
      // What fails here is looked for again, from time to time: the run goes on.
      await applyDecisions(runId).catch((fault: unknown) => onFault(fault, runId))
      await engine.over(runId)
    } finally {
      signal.removeEventListener('abort', letGo)
      try {
        if (isMine()) await (signal.aborted ? ownership.outlive(runId) : ownership.release(runId))
      } finally {
        if (isMine()) own.delete(runId)
      }
    }
    if (isStopping && (await isUnfinished(runId))) throw new Error('this server stopped: another one goes on')
  }

  const handOut = async (runId: string) => queue.send(database, runId, (await runs.spec(runId))?.parent?.depth)

  const isUnfinished = async (runId: string) => {
    const status = await runs.status(runId)
    return status === 'running' || status === 'awaiting_approval'
  }

  /** Looks for what was asked of the runs that go on here, and lets those go that wait for people alone. */
  const look = async () => {
    for (const { runId, isWaiting, cancelRequested, isDecided } of await ownership.asked([...own.keys()])) {
      if (cancelRequested) await engine.cancel(runId)
      if (isDecided) await applyDecisions(runId)
      const mine = own.get(runId)
      if (!mine) continue
      if (!isWaiting || isDecided) mine.waitingSince = null
      // Not at once: most are decided while the person still looks.
      else if (mine.waitingSince === null) mine.waitingSince = performance.now()
      else if (performance.now() - mine.waitingSince > 2 * lookMs) await engine.letGo(runId)
    }
    for (const runId of await findForgottenRuns(database, queue.name)) await handOut(runId)
  }
  const looks = every(lookMs, look, (fault) => onFault(fault, ''))

  const told = async ({ topic, of: runId }: Announcement) => {
    if (!own.has(runId)) return
    if (topic === 'cancel') await engine.cancel(runId)
    if (topic === 'decided') await applyDecisions(runId)
  }
  onAnnouncement((said) => {
    told(said).catch((fault: unknown) => onFault(fault, said.of))
  })
  if (works)
    await queue.work((run) =>
      take(run).catch((fault: unknown) => {
        if (!isStopping) onFault(fault, run.id)
        throw fault
      }),
    )

  return {
    engine: {
      start: engine.start,
      resume: engine.resume,
      async cancel(runId) {
        const isHere = await engine.cancel(runId)
        // Stored in any case: another server may have taken the run over without this one knowing it yet.
        if (!(await ownership.requestCancel(runId))) return isHere
        if (isHere) return true
        await announce({ topic: 'cancel', of: runId })
        await handOut(runId)
        return true
      },
      async decide(runId, call, decision) {
        if (own.has(runId) && (await decideHere(runId, call, decision))) return true
        const run = runFromEvents(await log.read(runId, 0))
        if (run.calls[call - 1]?.status !== 'awaiting_approval') return false
        if (!(await ownership.decide(runId, { call, ...decision }))) return false
        await announce({ topic: 'decided', of: runId })
        await handOut(runId)
        return true
      },
      async stop(options) {
        isStopping = true
        await queue.rest()
        await engine.stop(options)
        await looks.stop()
      },
    },
    async stop() {
      while (own.size > 0) await new Promise<void>((resolve) => setTimeout(resolve, 10))
    },
  }
}

const deadly = (deaths: number) => ({
  code: 'internal',
  message: `The run ended its server ${deaths} times in a row and is not tried again: look for what its tools or their results do to a process.`,
})

import type { RunEvent, RunStatus } from '@volley/shared/run/events.ts'
import type { EventLog } from '../engine/ports.ts'
import { type Append, AppendRefused, checkOrder } from './appends.ts'
import { createGroupCommit } from './groupCommit.ts'
import { tailOf } from './tail.ts'
import { createWakes } from './wakes.ts'

/** The log of a process that keeps nothing: a run on the command line. It promises what the stored one does, but for durability. */
export function createMemoryEventLog(): EventLog {
  const runs = new Map<string, { events: string[]; status: RunStatus; isFinished: boolean }>()
  const wakes = createWakes()
  const commits = createGroupCommit<Append>(async (group) =>
    group.map((append) => {
      try {
        write(append)
        wakes.wake(append.runId, append.events)
        return { ok: true }
      } catch (fault) {
        return { ok: false, fault }
      }
    }),
  )

  function write({ runId, spec, events, status }: Append) {
    const known = runs.get(runId)
    if (spec ? known : !known || (events[0] && events[0].seq !== known.events.length + 1))
      throw new AppendRefused(`the events of run ${runId} do not go on where its log ends`)
    const run = known ?? { events: [], status, isFinished: false }
    runs.set(runId, run)
    // As text: no one who holds a stored event can change what was stored.
    run.events.push(...events.map((event) => JSON.stringify(event)))
    run.status = status
    run.isFinished ||= events.at(-1)?.type === 'run.finished'
  }

  const readPage = async (runId: string, after: number, limit: number) =>
    (runs.get(runId)?.events ?? []).slice(after, after + limit).map((text) => JSON.parse(text) as RunEvent)
  const lastOfFinished = async (runId: string) => {
    const run = runs.get(runId)
    return run?.isFinished ? run.events.length : null
  }
  const add = async (append: Append) => {
    checkOrder(append)
    await commits.add(append)
  }

  return {
    create: (spec, events, status) => add({ runId: spec.runId, spec, events, status }),
    append: (runId, events, status) => add({ runId, spec: null, events, status }),
    read: (runId, after) => readPage(runId, after, Number.MAX_SAFE_INTEGER),
    tail: (runId, after, signal) => tailOf(runId, after, signal, { readPage, lastOfFinished, wakes }),
  }
}

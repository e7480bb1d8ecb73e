import { isEqualJson } from '@volley/shared/lib/json.ts'
import type { RunEvent } from '@volley/shared/run/events.ts'
import type { Transaction } from 'kysely'
import { type EventLog, PassingFault, type RunSpec } from '../engine/ports.ts'
import { type Append, AppendRefused, byRun, checkOrder, START_KEY_MS, StartKeyTaken } from './appends.ts'
import type { Database, EventReader } from './database.ts'
import { plainText } from './dialect.ts'
import { createGroupCommit, type Written } from './groupCommit.ts'
import type { Tables } from './schema.ts'
import { tailOf } from './tail.ts'
import type { Wakes } from './wakes.ts'

// Invariants
// 1. An event is durable before anyone can read it: readers read only the table, and the commit is on the disk when it returns.
// 2. The numbers of a run have no gap: an append must go on at `last_seq`, checked in its own transaction.
// 3. A group is written whole or not at all; a fault of one run's events does not keep back those of another.
// 4. Only the epoch that owns a run writes to it.

const ROWS_PER_INSERT = 400

export interface GroupedEventLog extends EventLog {
  /** When the newest append of a run that was accepted was handed over, in milliseconds on a clock that never goes back. */
  sureAt(runId: string): number
  /** Resolves when all appends are written. */
  idle(): Promise<void>
}

export interface EventLogOptions {
  /** Who owns a run from its creation on; null: who takes it from the queue. */
  firstOwner: string | null
  /** The epoch under which this server writes a run. */
  epochOf(runId: string): number
  now: () => Date
  /** Where readers of this process wait. */
  wakes: Wakes
  /** What the database refuses, as a sentence. */
  explain(fault: unknown): unknown
  /** Tells other servers which runs have something new, in the transaction that stores it. */
  announce?(transaction: Transaction<Tables>, runIds: readonly string[]): Promise<void>
  /** Does what belongs to the creation of a run, in its transaction. */
  onCreate?(transaction: Transaction<Tables>, spec: RunSpec): Promise<void>
}

/** The log on the database, with appends committed in groups. Readers have a connection of their own and never queue behind a commit. */
export function createEventLog(
  db: Database,
  reader: EventReader,
  { firstOwner, epochOf, now, wakes, explain, announce, onCreate }: EventLogOptions,
): GroupedEventLog {
  const commits = createGroupCommit<Append>((group) => writeGroup(group))

  const sure = new Map<string, number>()

  async function writeGroup(group: readonly Append[]): Promise<Written[]> {
    const runs = byRun(group)
    const sentAt = performance.now()
    const faults = new Map<string, unknown>()
    try {
      await commit(runs)
    } catch (fault) {
      const fail = (run: Append[], own: unknown) => faults.set(run[0]?.runId ?? '', own)
      // A store that is away is away for all of them. Once more, since its answer alone may have been lost.
      if (explain(fault) instanceof PassingFault)
        await commit(runs).catch((again) => {
          for (const run of runs) fail(run, again)
        })
      // Each run on its own, so that the one at fault is the only one that suffers.
      else if (runs.length === 1) fail(runs[0] as Append[], fault)
      else for (const run of runs) await commit([run]).catch((own) => fail(run, own))
    }
    for (const appends of runs) {
      const runId = appends[0]?.runId ?? ''
      if (faults.has(runId)) continue
      if (appends.some(({ events }) => events.at(-1)?.type === 'run.finished')) sure.delete(runId)
      else if (epochOf(runId) > 0) sure.set(runId, sentAt)
      wakes.wake(
        runId,
        appends.flatMap((append) => append.events),
      )
    }
    return group.map(({ runId }) =>
      faults.has(runId) ? { ok: false, fault: explain(faults.get(runId)) } : { ok: true },
    )
  }

  async function commit(runs: Append[][]): Promise<void> {
    await db.transaction().execute(async (transaction) => {
      const open: Append[][] = []
      for (const appends of runs) if (await writeRun(transaction, appends)) open.push(appends)
      const rows = open.flat().flatMap(({ runId, events }) => events.map((event) => rowOf(runId, event)))
      for (let at = 0; at < rows.length; at += ROWS_PER_INSERT)
        await transaction
          .insertInto('event')
          .values(rows.slice(at, at + ROWS_PER_INSERT))
          .execute()
      await announce?.(
        transaction,
        runs.map(([first]) => first?.runId ?? ''),
      )
    })
  }

  /** Writes the row of a run; false when all of the events are stored already, since only the answer to their commit was lost. */
  async function writeRun(transaction: Transaction<Tables>, appends: Append[]): Promise<boolean> {
    const [first] = appends
    const last = appends.at(-1)
    if (!first || !last) return false
    const events = appends.flatMap((append) => append.events)
    const at = now().toISOString()
    const finished_at = events.at(-1)?.type === 'run.finished' ? at : null
    if (first.spec) {
      const { startKey, ...spec } = first.spec
      const { agent, name } = spec.flow
      const { numInsertedOrUpdatedRows = 0n } = await transaction
        .insertInto('run')
        .values({
          id: spec.runId,
          status: last.status,
          spec: JSON.stringify(spec),
          flow_id: spec.origin.id,
          flow_name: plainText(name),
          flow_version: spec.origin.version,
          provider: agent.provider,
          model: agent.model,
          input: plainText(spec.input),
          last_seq: checkFollows(first.runId, events, 0),
          owner: firstOwner,
          owner_epoch: epochOf(spec.runId),
          created_at: at,
          finished_at,
          eval_id: spec.eval ?? null,
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirstOrThrow()
      if (numInsertedOrUpdatedRows === 0n) {
        // It may have been claimed meanwhile, here or elsewhere: only the events count, and an id is given once.
        if (await isStored(transaction, spec.runId, events, { anyEpoch: true })) return false
        throw new AppendRefused(`there is a run ${spec.runId} already`)
      }
      if (startKey) await keepStartKey(transaction, startKey, spec.runId)
      await onCreate?.(transaction, spec)
      return true
    }
    const before = (events[0]?.seq ?? 0) - 1
    let update = transaction
      .updateTable('run')
      .set({ status: last.status, ...(finished_at ? { finished_at } : {}) })
      .where('id', '=', first.runId)
      .where('owner_epoch', '=', epochOf(first.runId))
    if (events.length > 0)
      update = update.set({ last_seq: checkFollows(first.runId, events, before) }).where('last_seq', '=', before)
    const { numUpdatedRows } = await update.executeTakeFirst()
    if (numUpdatedRows > 0n) return true
    if (events.length > 0 && (await isStored(transaction, first.runId, events))) return false
    throw new AppendRefused(
      `the events of run ${first.runId} from number ${before + 1} on do not go on where its log ends, or the run is not ours`,
    )
  }

  /** Whether just these events stand in the log of a run, written by us; another owner may have gone on behind them. */
  async function isStored(
    transaction: Transaction<Tables>,
    runId: string,
    events: readonly RunEvent[],
    { anyEpoch = false } = {},
  ) {
    const rows = await transaction
      .selectFrom('event')
      .select(['run_id', 'seq', 'epoch', 'type', 'data', 'at'])
      .where('run_id', '=', runId)
      .where('seq', '>=', events[0]?.seq ?? 1)
      .where('seq', '<=', events.at(-1)?.seq ?? 0)
      .orderBy('seq')
      .execute()
    return (
      rows.length === events.length &&
      isEqualJson(
        rows,
        events.map((event, at) => ({
          ...rowOf(runId, event),
          ...(anyEpoch ? { epoch: rows[at]?.epoch ?? 0 } : {}),
        })),
      )
    )
  }

  async function keepStartKey(
    transaction: Transaction<Tables>,
    { key, bodyHash }: { key: string; bodyHash: string },
    runId: string,
  ) {
    const expired = new Date(now().getTime() - START_KEY_MS).toISOString()
    await transaction.deleteFrom('idempotency_key').where('created_at', '<', expired).execute()
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('idempotency_key')
      .values({ key, body_hash: bodyHash, run_id: runId, created_at: now().toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 0n) throw new StartKeyTaken(`the idempotency key "${key}" has started another run`)
  }

  const rowOf = (run_id: string, { seq, type, at, ...fields }: RunEvent) => ({
    run_id,
    seq,
    epoch: epochOf(run_id),
    type,
    data: JSON.stringify(fields),
    at,
  })

  const pageQuery = db
    .selectFrom('event')
    .select(['seq', 'type', 'at', 'data'])
    .where('run_id', '=', '')
    .where('seq', '>', 0)
    .orderBy('seq')
    .limit(0)
    .compile()
  const endQuery = db
    .selectFrom('run')
    .select('last_seq')
    .where('id', '=', '')
    .where('finished_at', 'is not', null)
    .compile()
  const explained = <Value>(read: Promise<Value>) =>
    read.catch((fault: unknown) => {
      throw explain(fault)
    })
  const readPage = (runId: string, after: number, limit: number) =>
    explained((async () => (await reader.rows(pageQuery, [runId, after, limit])).map(eventOf))())
  const lastOfFinished = (runId: string) =>
    explained((async () => (await reader.rows(endQuery, [runId]))[0]?.last_seq ?? null)())
  const add = async (append: Append) => {
    checkOrder(append)
    await commits.add(append)
  }

  return {
    create: (spec, events, status) => add({ runId: spec.runId, spec, events, status }),
    append: (runId, events, status) => add({ runId, spec: null, events, status }),
    read: (runId, after) => readPage(runId, after, Number.MAX_SAFE_INTEGER),
    tail: (runId, after, signal) => tailOf(runId, after, signal, { readPage, lastOfFinished, wakes }),
    sureAt: (runId) => sure.get(runId) ?? Number.NEGATIVE_INFINITY,
    idle: () => commits.idle(),
  }
}

function eventOf({ seq, type, at, data }: { seq: number; type: string; at: number; data: string }): RunEvent {
  return { seq, type, at, ...JSON.parse(data) } as RunEvent
}

/** The number of the last event; throws when several appends of one group leave a gap between them. */
function checkFollows(runId: string, events: readonly RunEvent[], before: number): number {
  checkOrder({ runId, spec: null, events, status: 'running' })
  if (events.length > 0 && events[0]?.seq !== before + 1)
    throw new AppendRefused(`the first event of run ${runId} has number ${events[0]?.seq}, not ${before + 1}`)
  return before + events.length
}

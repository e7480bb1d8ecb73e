import { sql, type Transaction } from 'kysely'
import type { RunSpec } from '../engine/ports.ts'
import type { Database } from './database.ts'
import { plainText } from './dialect.ts'
import type { Tables } from './schema.ts'

// Who may write a run. Every append carries the epoch of the claim it was made under; a later claim raises it, so that a former owner, paused
// or cut off, changes nothing any more.

export interface Claim {
  epoch: number
  spec: RunSpec
  /** How many owners in a row were lost while they had it. */
  deaths: number
  cancelRequested: boolean
}

export interface StoredDecision {
  call: number
  approve: boolean
  reason?: string
}

export interface Asked {
  runId: string
  /** It waits for people alone. */
  isWaiting: boolean
  cancelRequested: boolean
  isDecided: boolean
}

export interface Ownership {
  /**
   * Makes this server the owner of an unfinished run. `holds` is asked in the same transaction whether the job that the claim stands on is
   * still ours. Null where it is not, or the run has ended or is gone.
   */
  claim(runId: string, holds: (transaction: Transaction<Tables>) => Promise<boolean>): Promise<Claim | null>
  /** The epoch under which this server may write; 0 for a run it does not own, which it may only create. */
  epochOf(runId: string): number
  /** Whether the claim still stands, as the database says. */
  stands(runId: string): Promise<boolean>
  /** When the newest question was sent that was answered with "the claim stands", on a clock that never goes back. */
  sureAt(runId: string): number
  /** Gives a run up in good order: who takes it next is told of no death. */
  release(runId: string): Promise<void>
  /** Gives a run up that was taken from this server while it lived: its loss counts as no death. */
  outlive(runId: string): Promise<void>
  /** False when the run has ended or is not there. */
  requestCancel(runId: string): Promise<boolean>
  /** What is asked of these runs, in two queries however many they are. */
  asked(runIds: readonly string[]): Promise<Asked[]>
  /** Keeps a decision for who owns the run, or will. False when there is one on that call already. */
  decide(runId: string, decision: StoredDecision): Promise<boolean>
  decisions(runId: string): Promise<StoredDecision[]>
  /** Where the run is ours still: else its owner may not have heard it yet. */
  forgetDecision(runId: string, call: number): Promise<void>
}

export function createOwnership(db: Database, { owner }: { owner: string }): Ownership {
  const epochs = new Map<string, number>()
  const sure = new Map<string, number>()
  const unfinished = (runId: string) => db.updateTable('run').where('id', '=', runId).where('finished_at', 'is', null)

  return {
    async claim(runId, holds) {
      const row = await db.transaction().execute(async (transaction) => {
        if (!(await holds(transaction))) return undefined
        return transaction
          .updateTable('run')
          .set({
            owner,
            owner_epoch: sql<number>`owner_epoch + 1`,
            // Who claims it anew itself has not died.
            deaths: sql<number>`case when owner is null then 0 when owner = ${owner} then deaths else deaths + 1 end`,
          })
          .where('id', '=', runId)
          .where('finished_at', 'is', null)
          .returning(['owner_epoch', 'spec', 'deaths', 'cancel_requested'])
          .executeTakeFirst()
      })
      if (!row) return null
      epochs.set(runId, row.owner_epoch)
      sure.delete(runId)
      return {
        epoch: row.owner_epoch,
        spec: JSON.parse(row.spec) as RunSpec,
        deaths: row.deaths,
        cancelRequested: row.cancel_requested === 1,
      }
    },
    epochOf: (runId) => epochs.get(runId) ?? 0,
    async stands(runId) {
      const sentAt = performance.now()
      const row = await db.selectFrom('run').select('owner_epoch').where('id', '=', runId).executeTakeFirst()
      const epoch = epochs.get(runId)
      const stands = row !== undefined && row.owner_epoch === epoch
      if (stands) sure.set(runId, sentAt)
      return stands
    },
    sureAt: (runId) => sure.get(runId) ?? Number.NEGATIVE_INFINITY,
    async release(runId) {
      const epoch = epochs.get(runId)
      epochs.delete(runId)
      sure.delete(runId)
      if (epoch === undefined) return
      await unfinished(runId).set({ owner: null }).where('owner_epoch', '=', epoch).execute()
    },
    async outlive(runId) {
      const epoch = epochs.get(runId)
      epochs.delete(runId)
      sure.delete(runId)
      if (epoch === undefined) return
      await unfinished(runId)
        .set({ deaths: sql<number>`deaths - 1` })
        .where('owner_epoch', '=', epoch + 1)
        .where('owner', '!=', owner)
        .where('deaths', '>', 0)
        .execute()
    },
    async requestCancel(runId) {
      const { numUpdatedRows } = await unfinished(runId).set({ cancel_requested: 1 }).executeTakeFirst()
      return numUpdatedRows > 0n
    },
    async asked(runIds) {
      if (runIds.length === 0) return []
      const rows = await db
        .selectFrom('run')
        .select(['id', 'status', 'cancel_requested'])
        .where('id', 'in', runIds)
        .execute()
      const decisions = await db
        .selectFrom('decision')
        .select('run_id')
        .distinct()
        .where('run_id', 'in', runIds)
        .execute()
      const decided = new Set(decisions.map(({ run_id }) => run_id))
      return rows.map(({ id, status, cancel_requested }) => ({
        runId: id,
        isWaiting: status === 'awaiting_approval',
        cancelRequested: cancel_requested === 1,
        isDecided: decided.has(id),
      }))
    },
    async decide(runId, { call, approve, reason }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('decision')
        .values({
          run_id: runId,
          call,
          approve: approve ? 1 : 0,
          reason: reason === undefined ? null : plainText(reason),
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return (numInsertedOrUpdatedRows ?? 0n) > 0n
    },
    async decisions(runId) {
      const rows = await db.selectFrom('decision').selectAll().where('run_id', '=', runId).orderBy('call').execute()
      return rows.map(({ call, approve, reason }) => ({
        call,
        approve: approve === 1,
        ...(reason === null ? {} : { reason }),
      }))
    },
    async forgetDecision(runId, call) {
      const isOurs = db
        .selectFrom('run')
        .select('id')
        .where('id', '=', runId)
        .where('owner', '=', owner)
        .where('owner_epoch', '=', epochs.get(runId) ?? -1)
      await db
        .deleteFrom('decision')
        .where('run_id', '=', runId)
        .where('call', '=', call)
        .where(({ exists }) => exists(isOurs))
        .execute()
    },
  }
}

import type { EvalEntry, EvalResult, EvalStatus, EvalTools } from '@volley/shared/evals/api.ts'
import type { SetSummary } from '@volley/shared/evals/summarise.ts'
import type { TestCase } from '@volley/shared/evals/testCase.ts'
import type { EvalVariant } from '@volley/shared/evals/variants.ts'
import { sql } from 'kysely'
import type { Database } from './database.ts'
import type { EvalTable } from './schema.ts'

/** What an eval is to do. The cases are those of its data set as they were when it began. */
export interface EvalSpec {
  id: string
  name: string
  flow: { id: string; name: string }
  dataSet: { id: string; name: string }
  cases: TestCase[]
  variants: EvalVariant[]
  repeats: number
  concurrency: number
  tools: EvalTools
}

/** Names one run of an eval. */
export interface EvalPlace {
  variant: number
  caseId: string
  repeat: number
}

/** One run of an eval: begun, or also scored. */
export interface BegunRun extends EvalPlace {
  runId: string | null
  isScored: boolean
}

export interface Evals {
  create(spec: EvalSpec): Promise<void>
  /** Newest first, without their cases. */
  list(filter: { flowId?: string | undefined; dataSetId?: string | undefined }): Promise<EvalEntry[]>
  get(id: string): Promise<EvalEntry | null>
  /** Null when there is none; counts nothing. */
  status(id: string): Promise<EvalStatus | null>
  spec(id: string): Promise<EvalSpec | null>
  /** Those that go on, or went on when the server ended. */
  running(): Promise<string[]>
  /** It ended with these numbers, or goes on again without any. With `from`, only where it stands there still; false where it does not. */
  set(
    id: string,
    state: { status: EvalStatus; error?: string | null; summaries?: SetSummary[] | null },
    options?: { from?: EvalStatus },
  ): Promise<boolean>
  begun(id: string): Promise<BegunRun[]>
  /** Notes which run is made, before it is: after a crash it is found again, and not made twice. */
  begin(id: string, place: EvalPlace, runId: string): Promise<void>
  /** Keeps what a run was worth; `durationMs` is what it and its judges took. */
  score(id: string, result: Omit<EvalResult, 'seq'>, durationMs: number): Promise<void>
  /** In the order they came, those after number `after`. */
  results(id: string, after: number, limit: number): Promise<EvalResult[]>
  /** Forgets runs that are to be made anew: those that were not scored, and on demand those that did not succeed. */
  forget(id: string, which: { failed: boolean }): Promise<void>
  /** Its runs stay. */
  delete(id: string): Promise<void>
}

type Stored = Pick<EvalSpec, 'variants' | 'repeats' | 'concurrency' | 'tools'>
type StoredResult = Pick<EvalResult, 'score' | 'error' | 'output'>

export function createEvals(db: Database, { now }: { now: () => Date }): Evals {
  const listed = db
    .selectFrom('eval')
    .select(['id', 'name', 'status', 'error', 'flow_id', 'flow_name', 'data_set_id', 'data_set_name', 'spec'])
    .select(['case_count', 'last_seq', 'summaries', 'created_at', 'finished_at'])

  const counted = async (ids: readonly string[]) => {
    const rows = await db
      .selectFrom('eval_result')
      .select(['eval_id', sql<number>`count(*)`.as('done'), sql<number>`sum(succeeded)`.as('succeeded')])
      .select([sql<number>`count(cost_usd)`.as('priced'), sql<number | null>`sum(cost_usd)`.as('cost')])
      .select(sql<number>`avg(duration_ms)`.as('mean'))
      .where('eval_id', 'in', ids)
      .where('seq', 'is not', null)
      .groupBy('eval_id')
      .execute()
    return new Map(rows.map((row) => [row.eval_id, row]))
  }
  type Counts = Awaited<ReturnType<typeof counted>> extends Map<string, infer Row> ? Row : never

  const entries = async (rows: readonly Omit<EvalTable, 'cases'>[]): Promise<EvalEntry[]> => {
    const counts = rows.length > 0 ? await counted(rows.map(({ id }) => id)) : new Map<string, Counts>()
    return rows.map((row) => {
      const { variants, repeats, concurrency, tools } = JSON.parse(row.spec) as Stored
      const total = variants.length * row.case_count * repeats
      return {
        id: row.id,
        name: row.name,
        status: row.status,
        error: row.error,
        flow: { id: row.flow_id, name: row.flow_name },
        dataSet: { id: row.data_set_id, name: row.data_set_name },
        variants,
        cases: row.case_count,
        repeats,
        concurrency,
        tools,
        createdAt: row.created_at,
        finishedAt: row.finished_at,
        progress: progressOf(counts.get(row.id), { total, concurrency }),
        summaries: row.summaries === null ? null : (JSON.parse(row.summaries) as SetSummary[]),
      }
    })
  }
  return {
    async create({ id, name, flow, dataSet, cases, variants, repeats, concurrency, tools }) {
      const stored: Stored = { variants, repeats, concurrency, tools }
      await db
        .insertInto('eval')
        .values({
          id,
          name,
          status: 'running',
          error: null,
          flow_id: flow.id,
          flow_name: flow.name,
          data_set_id: dataSet.id,
          data_set_name: dataSet.name,
          spec: JSON.stringify(stored),
          cases: JSON.stringify(cases),
          case_count: cases.length,
          last_seq: 0,
          summaries: null,
          created_at: now().toISOString(),
          finished_at: null,
        })
        .execute()
    },
    async list({ flowId, dataSetId }) {
      let query = listed.orderBy('id', 'desc').limit(500)
      if (flowId !== undefined) query = query.where('flow_id', '=', flowId)
      if (dataSetId !== undefined) query = query.where('data_set_id', '=', dataSetId)
      return entries(await query.execute())
    },
    async get(id) {
      return (await entries(await listed.where('id', '=', id).execute()))[0] ?? null
    },
    async status(id) {
      const row = await db.selectFrom('eval').select('status').where('id', '=', id).executeTakeFirst()
      return row?.status ?? null
    },
    async spec(id) {
      const row = await db.selectFrom('eval').selectAll().where('id', '=', id).executeTakeFirst()
      if (!row) return null
      return {
        id,
        name: row.name,
        flow: { id: row.flow_id, name: row.flow_name },
        dataSet: { id: row.data_set_id, name: row.data_set_name },
        cases: JSON.parse(row.cases) as TestCase[],
        ...(JSON.parse(row.spec) as Stored),
      }
    },
    async running() {
      const rows = await db.selectFrom('eval').select('id').where('status', '=', 'running').orderBy('id').execute()
      return rows.map(({ id }) => id)
    },
    async set(id, { status, error = null, summaries = null }, { from } = {}) {
      let update = db
        .updateTable('eval')
        .set({
          status,
          error,
          summaries: summaries && JSON.stringify(summaries),
          finished_at: status === 'running' ? null : now().toISOString(),
        })
        .where('id', '=', id)
      if (from) update = update.where('status', '=', from)
      return (await update.executeTakeFirst()).numUpdatedRows > 0n
    },
    async begun(id) {
      const rows = await db
        .selectFrom('eval_result')
        .select(['variant', 'case_id as caseId', 'repeat', 'run_id as runId', 'seq'])
        .where('eval_id', '=', id)
        .execute()
      return rows.map(({ seq, ...row }) => ({ ...row, isScored: seq !== null }))
    },
    async begin(id, { variant, caseId, repeat }, runId) {
      const open = { seq: null, succeeded: null, cost_usd: null, duration_ms: null, result: null }
      await db
        .insertInto('eval_result')
        .values({ eval_id: id, variant, case_id: caseId, repeat, run_id: runId, ...open })
        .execute()
    },
    async score(id, { score, error, output, variant, caseId, repeat, runId }, durationMs) {
      const stored: StoredResult = { score, error, output }
      const scored = {
        run_id: runId,
        succeeded: score.status === 'succeeded' ? 1 : 0,
        cost_usd: score.took?.costUsd ?? null,
        duration_ms: durationMs,
        result: JSON.stringify(stored),
      }
      await db.transaction().execute(async (transaction) => {
        const { last_seq: seq } = await transaction
          .updateTable('eval')
          .set({ last_seq: sql<number>`last_seq + 1` })
          .where('id', '=', id)
          .returning('last_seq')
          .executeTakeFirstOrThrow()
        // Also where no run could begin.
        await transaction
          .insertInto('eval_result')
          .values({ eval_id: id, variant, case_id: caseId, repeat, seq, ...scored })
          .onConflict((conflict) =>
            conflict.columns(['eval_id', 'variant', 'case_id', 'repeat']).doUpdateSet({ seq, ...scored }),
          )
          .execute()
      })
    },
    async results(id, after, limit) {
      const rows = await db
        .selectFrom('eval_result')
        .select(['seq', 'variant', 'case_id as caseId', 'repeat', 'run_id as runId', 'result'])
        .where('eval_id', '=', id)
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(limit)
        .execute()
      return rows.map(({ result, seq, ...row }) => {
        const stored = JSON.parse(result as string) as StoredResult
        return { ...row, seq: seq as number, ...stored }
      })
    },
    async forget(id, { failed }) {
      await db
        .deleteFrom('eval_result')
        .where('eval_id', '=', id)
        .where(({ eb, or }) => or([eb('seq', 'is', null), ...(failed ? [eb('succeeded', '=', 0)] : [])]))
        .execute()
    },
    async delete(id) {
      await db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('eval_result').where('eval_id', '=', id).execute()
        await transaction.deleteFrom('eval').where('id', '=', id).execute()
      })
    },
  }
}

function progressOf(
  counts: { done: number; succeeded: number; priced: number; cost: number | null; mean: number } | undefined,
  { total, concurrency }: { total: number; concurrency: number },
): EvalEntry['progress'] {
  if (!counts) return { total, done: 0, failed: 0, costUsd: 0, timeLeftMs: null }
  const { done, succeeded, priced, cost, mean } = counts
  const left = total - done
  return {
    total,
    done,
    failed: done - succeeded,
    costUsd: priced < succeeded ? null : (cost ?? 0),
    timeLeftMs: left > 0 ? Math.round(Math.ceil(left / concurrency) * mean) : null,
  }
}

import type { RunFacets } from '@volley/shared/api.ts'
import type { RunDigest, ToolDigest } from '@volley/shared/trace/digest.ts'
import type { FindingCode } from '@volley/shared/trace/findings/finding.ts'
import type { RunFacts } from '@volley/shared/trace/runStats.ts'
import { sql } from 'kysely'
import type { Database } from './database.ts'
import { isIn, type RunFilter } from './runFilter.ts'

/** What was worked out of finished runs, to filter them by and to count with. */
export interface RunDigests {
  /** In place of earlier ones, in one piece. `version` says by which rules they were worked out. */
  put(version: number, digests: readonly { runId: string; digest: RunDigest }[]): Promise<void>
  /** Finished runs without a digest by these rules, the newest first. */
  missing(version: number, limit: number): Promise<string[]>
  /** The newest finished runs of a filter, oldest first. A tool that was tried alone is no run of a flow. */
  facts(filter: RunFilter, limit: number): Promise<RunFacts[]>
  count(filter: RunFilter): Promise<number>
  facets(flowId: string | undefined): Promise<RunFacets>
}

/** What there is to filter by is looked for among so many runs, the newest: to look through all takes longer with each. */
const FACET_RUNS = 5_000
/** How many values of one kind a filter offers. */
const MOST_VALUES = 300

export function createRunDigests(db: Database, { facetRuns = FACET_RUNS } = {}): RunDigests {
  const runs = sql<number>`count(*)`.as('runs')
  return {
    async put(version, digests) {
      if (digests.length === 0) return
      const runIds = digests.map(({ runId }) => runId)
      const tools = digests.flatMap(({ runId: run_id, digest }) =>
        digest.tools.map(({ totalMs: total_ms, ...rest }) => ({ run_id, total_ms, ...rest })),
      )
      const findings = digests.flatMap(({ runId: run_id, digest }) =>
        digest.findings.map(({ costMs: cost_ms, ...rest }) => ({ run_id, cost_ms, ...rest })),
      )
      await db.transaction().execute(async (transaction) => {
        for (const table of ['run_digest', 'run_tool', 'run_finding'] as const)
          await transaction.deleteFrom(table).where('run_id', 'in', runIds).execute()
        for (const rows of chunks(digests.map(({ runId, digest }) => rowOf(runId, version, digest))))
          await transaction.insertInto('run_digest').values(rows).execute()
        for (const rows of chunks(tools)) await transaction.insertInto('run_tool').values(rows).execute()
        for (const rows of chunks(findings)) await transaction.insertInto('run_finding').values(rows).execute()
      })
    },
    async missing(version, limit) {
      const rows = await db
        .selectFrom('run')
        .leftJoin('run_digest', 'run_digest.run_id', 'run.id')
        .select('run.id')
        .where('finished_at', 'is not', null)
        .where((eb) => eb.or([eb('run_digest.version', 'is', null), eb('run_digest.version', '!=', version)]))
        .orderBy('run.id', 'desc')
        .limit(limit)
        .execute()
      return rows.map((row) => row.id)
    },
    async facts(filter, limit) {
      const rows = await db
        .selectFrom('run')
        .innerJoin('run_digest', 'run_digest.run_id', 'run.id')
        .leftJoin('event as first', (join) => join.onRef('first.run_id', '=', 'run.id').on('first.seq', '=', 1))
        .select([
          'run.id',
          'status',
          'flow_version',
          'elapsed_ms',
          'cost_usd',
          'calls_per_turn',
          'first.data as started',
        ])
        .where(isIn(filter))
        .orderBy('run.id', 'desc')
        .limit(limit)
        .execute()
      const counted = rows.filter(({ started }) => started === null || JSON.parse(started).trial !== true).reverse()
      const tools = await toolsOf(
        db,
        counted.map(({ id }) => id),
      )
      return counted.map((row) => ({
        status: row.status,
        version: row.flow_version,
        elapsedMs: row.elapsed_ms,
        costUsd: row.cost_usd,
        callsPerTurn: row.calls_per_turn,
        tools: tools.get(row.id) ?? [],
      }))
    },
    async count(filter) {
      return (await db.selectFrom('run').select(runs).where(isIn(filter)).executeTakeFirst())?.runs ?? 0
    },
    async facets(flowId) {
      const newest = (filter: RunFilter) =>
        db
          .selectFrom('run')
          .select(['id', 'flow_id', 'flow_name', 'flow_version', 'model'])
          .where(isIn(filter))
          .orderBy('id', 'desc')
          .limit(facetRuns)
      const recent = newest({}).as('recent')
      const flows = await db
        .selectFrom((eb) =>
          eb
            .selectFrom(recent)
            .select([sql<string>`max(id)`.as('id'), runs])
            .groupBy(sql`coalesce(flow_id, 'never saved ' || flow_name)`)
            .as('newest'),
        )
        // A flow has the name of its newest run.
        .innerJoin('run', 'run.id', 'newest.id')
        .select(['flow_id', 'flow_name', 'runs'])
        .orderBy('newest.id', 'desc')
        .limit(MOST_VALUES)
        .execute()
      const versions = flowId
        ? await db
            .selectFrom(newest({ flowId }).as('recent'))
            .select(['flow_version as version', runs])
            .where('flow_version', 'is not', null)
            .groupBy('flow_version')
            .orderBy('flow_version', 'desc')
            .limit(MOST_VALUES)
            .execute()
        : []
      const models = await db
        .selectFrom(recent)
        .select(['model', runs])
        .groupBy('model')
        .orderBy('runs', 'desc')
        .limit(MOST_VALUES)
        .execute()
      const tools = await db
        .selectFrom(recent)
        .innerJoin('run_tool', 'run_tool.run_id', 'recent.id')
        .select(['tool', runs])
        .groupBy('tool')
        .orderBy('runs', 'desc')
        .limit(MOST_VALUES)
        .execute()
      const findings = await db
        .selectFrom(recent)
        .innerJoin('run_finding', 'run_finding.run_id', 'recent.id')
        .select(['code', runs])
        .groupBy('code')
        .orderBy('runs', 'desc')
        .execute()
      const beyond = await db
        .selectFrom('run')
        .select('id')
        .where(isIn({}))
        .orderBy('id', 'desc')
        .offset(facetRuns)
        .limit(1)
        .executeTakeFirst()
      return {
        ...(beyond ? { ofNewest: facetRuns } : {}),
        flows: flows.map((row) => ({ id: row.flow_id, name: row.flow_name, runs: row.runs })),
        versions: versions.map((row) => ({ version: row.version as number, runs: row.runs })),
        models,
        tools,
        findings: findings.map((row) => ({ code: row.code as FindingCode, runs: row.runs })),
      }
    },
  }
}

function rowOf(run_id: string, version: number, digest: RunDigest) {
  return {
    run_id,
    version,
    elapsed_ms: digest.elapsedMs,
    cost_usd: digest.costUsd,
    calls_per_turn: digest.callsPerTurn,
    turns: digest.turns,
    calls: digest.calls,
    failed_calls: digest.failedCalls,
    input_tokens: digest.inputTokens,
    output_tokens: digest.outputTokens,
  }
}

const ROWS_PER_INSERT = 400

const chunks = <Row>(rows: readonly Row[]): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / ROWS_PER_INSERT) }, (_, at) =>
    rows.slice(at * ROWS_PER_INSERT, (at + 1) * ROWS_PER_INSERT),
  )

async function toolsOf(db: Database, runIds: readonly string[]): Promise<Map<string, ToolDigest[]>> {
  if (runIds.length === 0) return new Map()
  const rows = await db.selectFrom('run_tool').selectAll().where('run_id', 'in', runIds).orderBy('tool').execute()
  const byRun = Map.groupBy(rows, ({ run_id }) => run_id)
  return new Map(
    [...byRun].map(([id, its]) => [
      id,
      its.map(({ run_id: _run, total_ms: totalMs, ...rest }) => ({ ...rest, totalMs })),
    ]),
  )
}

import type { RunListItem } from '@volley/shared/api.ts'
import type { RunEventOf, RunStatus } from '@volley/shared/run/events.ts'
import { RUN_STATUSES } from '@volley/shared/run/statuses.ts'
import type { FindingCode } from '@volley/shared/trace/findings/finding.ts'
import { sql } from 'kysely'
import type { RunSpec } from '../engine/ports.ts'
import { START_KEY_MS } from './appends.ts'
import type { Database } from './database.ts'
import { isIn, type RunFilter } from './runFilter.ts'

/** A page of the runs that a filter lets through. */
export interface RunPage extends RunFilter {
  /** Only runs older than this one: what a cursor stands for. */
  before?: string | undefined
  limit: number
}

export interface Runs {
  /** Newest first. */
  list(page: RunPage): Promise<RunListItem[]>
  status(runId: string): Promise<RunStatus | null>
  spec(runId: string): Promise<RunSpec | null>
  /** When it began. */
  began(runId: string): Promise<Date | null>
  /** The run that a start with this idempotency key began in the last 24 hours. */
  startedWith(key: string): Promise<{ runId: string; bodyHash: string } | null>
  /** Runs that have not finished: after a start of the server, those that wait to go on. */
  unfinished(): Promise<string[]>
}

/** How much of a run's input a list shows. */
const INPUT_CHARS = 2000
const UNFINISHED = RUN_STATUSES.filter((status) => status === 'running' || status === 'awaiting_approval')

/** Runs beside their events: lists, specs and the keys they were started with. They come into being through the event log alone. */
export function createRuns(db: Database, { now }: { now: () => Date }): Runs {
  return {
    async list({ before, limit, ...filter }) {
      let query = db
        .selectFrom('run')
        .leftJoin('event', (join) =>
          join
            .onRef('event.run_id', '=', 'run.id')
            .onRef('event.seq', '=', 'run.last_seq')
            .on('event.type', '=', 'run.finished'),
        )
        .leftJoin('event as first', (join) => join.onRef('first.run_id', '=', 'run.id').on('first.seq', '=', 1))
        .select(['run.id', 'flow_id', 'flow_name', 'flow_version', 'status', 'provider', 'model'])
        .select(['created_at', 'finished_at', 'event.data as finished', 'first.data as started'])
        .select(sql<string>`substr(run.input, 1, ${sql.lit(INPUT_CHARS)})`.as('input'))
        .where(isIn(filter))
        .orderBy('run.id', 'desc')
        .limit(limit)
      if (before !== undefined) query = query.where('run.id', '<', before)
      const rows = await query.execute()
      const findings = await findingsOf(
        db,
        rows.map(({ id }) => id),
      )
      return rows.map((row) => ({
        ...marksIn(row.started),
        id: row.id,
        flow: { id: row.flow_id, name: row.flow_name, version: row.flow_version },
        status: row.status,
        input: row.input,
        provider: row.provider,
        model: row.model,
        createdAt: row.created_at,
        finishedAt: row.finished_at,
        ...endIn(row.finished),
        findings: findings.get(row.id) ?? [],
      }))
    },
    async status(runId) {
      const row = await db.selectFrom('run').select('status').where('id', '=', runId).executeTakeFirst()
      return row?.status ?? null
    },
    async spec(runId) {
      const row = await db.selectFrom('run').select('spec').where('id', '=', runId).executeTakeFirst()
      return row ? (JSON.parse(row.spec) as RunSpec) : null
    },
    async began(runId) {
      const row = await db.selectFrom('run').select('created_at').where('id', '=', runId).executeTakeFirst()
      return row ? new Date(row.created_at) : null
    },
    async startedWith(key) {
      const row = await db
        .selectFrom('idempotency_key')
        .select(['run_id', 'body_hash'])
        .where('key', '=', key)
        .where('created_at', '>=', new Date(now().getTime() - START_KEY_MS).toISOString())
        .executeTakeFirst()
      return row ? { runId: row.run_id, bodyHash: row.body_hash } : null
    },
    async unfinished() {
      const rows = await db
        .selectFrom('run')
        .select('id')
        .where('status', 'in', UNFINISHED)
        .where('finished_at', 'is', null)
        .orderBy('id')
        .execute()
      return rows.map((row) => row.id)
    },
  }
}

/** The dearest first. */
async function findingsOf(db: Database, runIds: readonly string[]): Promise<Map<string, RunListItem['findings']>> {
  if (runIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('run_finding')
    .select(['run_id', 'code', 'count'])
    .where('run_id', 'in', runIds)
    .orderBy('cost_ms', 'desc')
    .execute()
  const byRun = Map.groupBy(rows, ({ run_id }) => run_id)
  return new Map(
    [...byRun].map(([id, its]) => [id, its.map(({ code, count }) => ({ code: code as FindingCode, count }))]),
  )
}

function endIn(finished: string | null): Pick<RunListItem, 'summary' | 'costUsd'> {
  if (finished === null) return { summary: null, costUsd: null }
  const { summary, costUsd } = JSON.parse(finished) as RunEventOf<'run.finished'>
  return { summary, costUsd }
}

function marksIn(started: string | null): Pick<RunListItem, 'parent' | 'trial' | 'mocked' | 'eval'> {
  const marks = started === null ? {} : (JSON.parse(started) as Partial<RunEventOf<'run.started'>>)
  const { parent, trial, mocked, eval: evalId } = marks
  return {
    ...(parent ? { parent } : {}),
    ...(trial ? { trial } : {}),
    ...(mocked ? { mocked } : {}),
    ...(evalId ? { eval: evalId } : {}),
  }
}

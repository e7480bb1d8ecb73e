import type { RunStatus } from '@volley/shared/run/events.ts'
import type { FindingCode } from '@volley/shared/trace/findings/finding.ts'
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { Tables } from './schema.ts'

/** Which runs are meant: those that all given parts let through. */
export interface RunFilter {
  flowId?: string | undefined
  /** The name of a flow that was never saved. */
  flowName?: string | undefined
  version?: number | undefined
  status?: RunStatus | undefined
  model?: string | undefined
  /** A tool that was called in it. */
  tool?: string | undefined
  /** A finding its trace has. */
  finding?: FindingCode | undefined
  /** Runs that began at or after this moment, ISO 8601 in UTC. */
  from?: string | undefined
  /** Runs that began before this moment. */
  to?: string | undefined
  ids?: readonly string[] | undefined
}

/** The filter as a condition on the table `run`. */
export function isIn(filter: RunFilter) {
  return (eb: ExpressionBuilder<Tables, 'run'>): Expression<SqlBool> => {
    const conditions: Expression<SqlBool>[] = []
    const { flowId, flowName, version, status, model, tool, finding, from, to, ids } = filter
    if (flowId !== undefined) conditions.push(eb('run.flow_id', '=', flowId))
    if (flowName !== undefined) conditions.push(eb('run.flow_id', 'is', null), eb('run.flow_name', '=', flowName))
    if (version !== undefined) conditions.push(eb('run.flow_version', '=', version))
    if (status !== undefined) conditions.push(eb('run.status', '=', status))
    if (model !== undefined) conditions.push(eb('run.model', '=', model))
    if (from !== undefined) conditions.push(eb('run.created_at', '>=', from))
    if (to !== undefined) conditions.push(eb('run.created_at', '<', to))
    if (ids !== undefined) conditions.push(eb('run.id', 'in', ids))
    if (tool !== undefined)
      conditions.push(eb('run.id', 'in', eb.selectFrom('run_tool').select('run_id').where('tool', '=', tool)))
    if (finding !== undefined)
      conditions.push(eb('run.id', 'in', eb.selectFrom('run_finding').select('run_id').where('code', '=', finding)))
    return eb.and(conditions)
  }
}

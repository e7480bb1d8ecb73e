import type * as api from '@volley/shared/api.ts'
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { Tables } from './schema.ts'

/** Which runs are meant; with `ids` those of them alone. `withEvals`: also those that were made for an eval. */
export interface RunFilter extends api.RunFilter {
  ids?: readonly string[] | undefined
  withEvals?: boolean | undefined
}

/** The filter as a condition on the table `run`. */
export function isIn(filter: RunFilter) {
  return (eb: ExpressionBuilder<Tables, 'run'>): Expression<SqlBool> => {
    const conditions: Expression<SqlBool>[] = []
    const { flowId, flowName, version, status, model, tool, finding, from, to, ids, evalId } = filter
    if (flowId !== undefined) conditions.push(eb('run.flow_id', '=', flowId))
    if (flowName !== undefined) conditions.push(eb('run.flow_id', 'is', null), eb('run.flow_name', '=', flowName))
    if (version !== undefined) conditions.push(eb('run.flow_version', '=', version))
    if (status !== undefined) conditions.push(eb('run.status', '=', status))
    if (model !== undefined) conditions.push(eb('run.model', '=', model))
    if (from !== undefined) conditions.push(eb('run.created_at', '>=', from))
    if (to !== undefined) conditions.push(eb('run.created_at', '<', to))
    if (evalId !== undefined) conditions.push(eb('run.eval_id', '=', evalId))
    else if (ids === undefined && !filter.withEvals) conditions.push(eb('run.eval_id', 'is', null))
    if (ids !== undefined) conditions.push(eb('run.id', 'in', ids))
    if (tool !== undefined)
      conditions.push(eb('run.id', 'in', eb.selectFrom('run_tool').select('run_id').where('tool', '=', tool)))
    if (finding !== undefined)
      conditions.push(eb('run.id', 'in', eb.selectFrom('run_finding').select('run_id').where('code', '=', finding)))
    return eb.and(conditions)
  }
}

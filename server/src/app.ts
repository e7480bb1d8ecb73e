import { Hono } from 'hono'
import type { Deps } from './deps.ts'
import { isApiPath, requireAccess } from './http/access.ts'
import { auditRoutes } from './http/audit.ts'
import { batchRoutes } from './http/batches.ts'
import { requireJson } from './http/body.ts'
import { codeRoutes } from './http/code.ts'
import { connectionRoutes } from './http/connections.ts'
import { connectionToolRoutes } from './http/connectionTools.ts'
import { dataSetRoutes } from './http/dataSets.ts'
import { draftRoutes } from './http/drafts.ts'
import { evalRoutes } from './http/evals.ts'
import { exampleRoutes } from './http/examples.ts'
import { flowRoutes } from './http/flows.ts'
import { strictHeaders } from './http/headers.ts'
import { healthRoutes, readyRoutes } from './http/health.ts'
import { importRoutes } from './http/imports.ts'
import { infoRoutes } from './http/info.ts'
import { mcpRoutes } from './http/mcp.ts'
import { metricsRoutes } from './http/metrics.ts'
import { pageRoutes } from './http/page.ts'
import { priceRoutes } from './http/prices.ts'
import { answerProblems, notFound } from './http/problems.ts'
import { retentionRoutes } from './http/retention.ts'
import { runEventRoutes } from './http/runEvents.ts'
import { runExportRoutes } from './http/runExports.ts'
import { runStatsRoutes } from './http/runStats.ts'
import { runRoutes } from './http/runs.ts'
import { secretRoutes } from './http/secrets.ts'
import { servedRunRoutes } from './http/servedRuns.ts'
import { tokenRoutes } from './http/tokens.ts'
import { toolRoutes } from './http/tools.ts'
import { createStarts } from './starts/startOnce.ts'

/**
 * What every server answers: how it is. Alone it is the interface of one that only runs what is handed to it. What stands on `*` holds for every
 * path, spelling and method, known or not.
 */
export function createWorkerApp(deps: Deps) {
  return new Hono()
    .onError(answerProblems(deps.log, deps.hide))
    .notFound((c) => (isApiPath(c.req.path) ? notFound(c) : c.text('There is no such page.', 404)))
    .use('*', strictHeaders)
    .use('*', requireAccess(deps.access, deps.page.isStaticFile, deps))
    .use('*', requireJson)
    .route('/api/health', healthRoutes(deps.version))
    .route('/api/ready', readyRoutes(deps))
    .route('/metrics', metricsRoutes(deps))
}

/** The whole HTTP interface. */
export function createApp(deps: Deps) {
  const { store, documents, engine, runId } = deps
  const starts = createStarts({ documents, flows: store.flows, runs: store.runs, log: store.log, engine, runId })

  return createWorkerApp(deps)
    .route('/api/info', infoRoutes(deps))
    .route('/api/examples', exampleRoutes(deps))
    .route('/api/flows', flowRoutes(deps))
    .route('/api/flows', servedRunRoutes(deps, starts))
    .route('/api/import', importRoutes(deps))
    .route('/api/drafts', draftRoutes(deps))
    .route('/api/code', codeRoutes(deps))
    .route('/api/runs', runStatsRoutes(deps))
    .route('/api/runs', runExportRoutes(deps))
    .route('/api/runs', runRoutes(deps, starts))
    .route('/api/runs', runEventRoutes(deps))
    .route('/api/data-sets', dataSetRoutes(deps))
    .route('/api/evals', evalRoutes(deps))
    .route('/api/batches', batchRoutes(starts))
    .route('/api/tools', toolRoutes(starts))
    .route('/api/secrets', secretRoutes(deps))
    .route('/api/connections', connectionRoutes(deps))
    .route('/api/connections', connectionToolRoutes(deps))
    .route('/api/retention', retentionRoutes(deps))
    .route('/api/prices', priceRoutes(deps))
    .route('/api/audit', auditRoutes(deps))
    .route('/api/tokens', tokenRoutes(deps))
    .route('/mcp', mcpRoutes(deps, starts))
    .route('/', pageRoutes(deps.page))
}

export type AppType = ReturnType<typeof createApp>

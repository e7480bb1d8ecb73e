import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import { createApp, createWorkerApp } from './app.ts'
import { createAudit } from './audit/audit.ts'
import { liveConnections } from './connections/liveConnections.ts'
import type { Parts } from './deps.ts'
import { keepDigests } from './digests/digests.ts'
import type { StopOptions } from './engine/ports.ts'
import type { Env } from './env.ts'
import { createEvals } from './evals/evals.ts'
import { joinFleet } from './fleet/fleet.ts'
import { tellingPrices, tellingSecrets } from './fleet/sharedChanges.ts'
import { listen } from './http/listener.ts'
import { openPage } from './http/page.ts'
import type { Logger } from './log.ts'
import { createMetrics } from './metrics/metrics.ts'
import { type OpenedStore, openEmbedded, openShared } from './openedStore.ts'
import { createPriceTable } from './prices/prices.ts'
import { keepRetention } from './retention/retention.ts'
import { createRedaction, type Redaction } from './secrets/redact.ts'
import { createVault } from './secrets/vault.ts'
import { takeUpRuns } from './starts/takeUpRuns.ts'
import type { Announcement } from './store/announcements.ts'
import { newId } from './store/ids.ts'
import { countJobs } from './store/jobs.ts'
import { StoreFault } from './store/storeFault.ts'
import { tellingEnds } from './store/tellingEnds.ts'
import { systemClock } from './systemClock.ts'
import { createApiTokens } from './tokens/tokens.ts'
import { allowListTexts } from './tools/addresses.ts'
import { VERSION } from './version.ts'

/** What a server of many does: answer requests, run what is handed to it, or both. */
export const ROLES = ['all', 'web', 'worker'] as const
export type Role = (typeof ROLES)[number]

export interface RunningServer {
  /** The address to open, with the token in it. */
  address: string
  /**
   * Ends streams and requests, leaves unfinished runs to the next start or to another server, and closes the store. Within the grace calls that
   * run may still end.
   */
  stop(options?: StopOptions): Promise<void>
}

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** Starts a whole server: port, store, engine, HTTP. What keeps it from starting is a sentence. */
export async function startServer(
  env: Env,
  parts: Parts,
  logger: Logger,
  {
    root = ROOT,
    redaction = createRedaction(),
    role = 'all',
  }: { root?: string; redaction?: Redaction; role?: Role } = {},
): Promise<Result<RunningServer, string>> {
  if (role !== 'all' && env.databaseUrl === null)
    return err(`the role "${role}" is for servers that share a store: set VOLLEY_DATABASE_URL, or start without --role`)
  const listener = await listen(env)
  if (!listener.ok) return listener
  const { port } = listener.value
  let opened: OpenedStore | undefined
  let token: string
  try {
    opened = env.databaseUrl === null ? await openEmbedded(env, logger) : await openShared(env.databaseUrl, env, logger)
    token = env.token ?? (await opened.keptText('token', () => randomBytes(32).toString('base64url')))
  } catch (error) {
    await opened?.store.close()
    await listener.value.close()
    if (error instanceof StoreFault) return err(error.message)
    throw error
  }

  const { store, shared } = opened
  const stopping = new AbortController()
  const audit = createAudit(store.audit, {
    now: Date.now,
    hide: redaction.json,
    onFault: (err) => logger.error({ err }, 'an audit entry could not be stored'),
  })
  const vault = await createVault({ ...env, token }, store, {
    models: parts.createModels(env),
    redaction,
    ownPort: port,
  })
  const say = (topic: Announcement['topic'], of = '') =>
    void shared?.store.announce({ topic, of }).catch((err) => logger.error({ err }, 'other servers could not be told'))
  const { models } = vault
  const secrets = tellingSecrets(vault.secrets, say)
  const ownPrices = await createPriceTable(store.prices)
  const prices = tellingPrices(ownPrices, say)
  const mcp = parts.createMcp({ connections: vault.connections, redaction, ownPort: port })
  const connections = liveConnections(vault.connections, (name) => {
    mcp.drop(name)
    say('vault', name)
  })
  const sandbox = parts.createSandbox({ env, logger, ownPort: port })
  const telemetry = await parts.createTelemetry({
    env,
    logger,
    hide: redaction.json,
    read: async (runId) => {
      const [events, spec, began] = await Promise.all([
        store.log.read(runId, 0),
        store.runs.spec(runId),
        store.runs.began(runId),
      ])
      return spec && began ? { events, spec, startedAt: began.getTime() } : null
    },
  })
  const digests = keepDigests({
    digests: store.digests,
    log: store.log,
    specOf: store.runs.spec,
    onFault: (err, runId) => logger.error({ err, runId }, 'a finished run could not be looked through'),
  })
  const retention = keepRetention({
    settings: store.settings,
    expired: store.expired,
    clock: systemClock,
    onDeleted: (runs) => audit.note('runs_deleted', { runs }),
    onFault: (err) => logger.error({ err }, 'old runs could not be deleted'),
  })
  const metrics = createMetrics({
    queue: shared && (() => countJobs(store.database, shared.queues.runs.name)),
    pool: shared?.store.poolCounts ?? null,
  })
  const ownEngine = parts.createEngine({
    env,
    ...vault,
    prices,
    sandbox,
    log: metrics.counting(
      tellingEnds(store.log, (runId) => {
        telemetry?.runEnded(runId)
        digests.runEnded(runId)
      }),
    ),
    logger,
    audit,
    mcp,
    ownPort: port,
    saved: store,
    sharedLimits: shared?.limits,
    handsOver: shared !== null,
  })
  const works = role !== 'web'
  const onRunFault = (err: unknown, runId: string) => logger.error({ err, runId }, 'a run could not be taken up')
  const fleet =
    shared &&
    (await joinFleet({ store: shared.store, queue: shared.queues.runs, engine: ownEngine, works, onFault: onRunFault }))
  // What the last server left unfinished goes on by itself, beside the requests that come meanwhile: a long log must not keep the page shut.
  const { engine } =
    fleet ?? takeUpRuns(ownEngine, { runIds: await store.runs.unfinished(), specOf: store.runs.spec }, onRunFault)
  const evals = createEvals({
    ...store,
    documents: parts.documents,
    models,
    engine,
    id: () => newId(),
    runId: () => newId(),
    now: systemClock.now,
    hide: redaction.json,
    queue: shared && { ...shared.queues.evals, database: shared.store.database, works },
    tell: say,
    onFault: (err, id) => logger.error({ err, eval: id }, 'an eval could not go on'),
  })
  shared?.store.onAnnouncement(({ topic, of }) => {
    if (topic === 'vault' && of !== '') mcp.drop(of)
    if (topic === 'eval') evals.stopHere(of)
    const read =
      topic === 'vault'
        ? [vault.secrets.reload(), vault.connections.reload()]
        : topic === 'prices'
          ? [ownPrices.reload()]
          : []
    Promise.all(read).catch((err) => logger.error({ err }, 'what another server changed could not be read'))
  })
  const access = { token, port, allowedHosts: env.allowedHosts }
  const app = (role === 'worker' ? createWorkerApp : createApp)({
    version: VERSION,
    access,
    page: openPage(path.join(root, 'web/dist')),
    examplesFolder: path.join(root, 'examples'),
    documents: parts.documents,
    models,
    prices,
    network: { exceptions: allowListTexts(env.egressAllow), codeFetch: env.codeFetch },
    engine,
    sandbox,
    secrets,
    connections,
    listMcpTools: mcp.list,
    audit,
    hide: redaction.json,
    retention,
    evals,
    tokens: createApiTokens(store.tokens, { now: () => new Date(), id: newId }),
    store,
    log: logger,
    metrics,
    isStoreThere: store.isThere,
    runId: () => newId(),
    stopping: stopping.signal,
  })

  listener.value.serve(app, access)
  const shown = env.host.includes(':') ? `[${env.host}]` : env.host === '0.0.0.0' ? '127.0.0.1' : env.host
  logger.info({ port, dataFolder: env.dataFolder, version: VERSION }, 'started')
  return ok({
    address: `http://${shown === '[::]' ? '127.0.0.1' : shown}:${port}/?token=${encodeURIComponent(token)}`,
    async stop(options) {
      stopping.abort()
      const evalsLeft = evals.close()
      await engine.stop(options)
      await fleet?.stop()
      await evalsLeft
      await shared?.queues.close()
      await shared?.limits.close()
      await mcp.close()
      await sandbox.close()
      await telemetry?.close()
      await digests.stop()
      await retention.stop()
      await listener.value.close()
      await audit.idle()
      await store.close()
      logger.info('stopped')
    },
  })
}

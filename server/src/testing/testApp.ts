import { mkdirSync, writeFileSync } from 'node:fs'
import { err } from '@volley/shared/lib/result.ts'
import pino from 'pino'
import { onTestFinished } from 'vitest'
import { createApp } from '../app.ts'
import { createAudit } from '../audit/audit.ts'
import type { Deps } from '../deps.ts'
import { keepDigests } from '../digests/digests.ts'
import { createEvals } from '../evals/evals.ts'
import { openPage } from '../http/page.ts'
import { createMetrics } from '../metrics/metrics.ts'
import { createPriceTable } from '../prices/prices.ts'
import { keepRetention } from '../retention/retention.ts'
import { createRedaction } from '../secrets/redact.ts'
import { createVault } from '../secrets/vault.ts'
import { newId } from '../store/ids.ts'
import { openStore } from '../store/store.ts'
import { tellingEnds } from '../store/tellingEnds.ts'
import { createApiTokens } from '../tokens/tokens.ts'
import { fakeDocuments, fakeEngine, fakeParts, fakeSandbox } from './fakeParts.ts'
import { manualClock } from './manualClock.ts'
import { temporaryFolder } from './temporaryFolder.ts'
import { TEST_TOKEN, testEnv } from './testEnv.ts'

export { TEST_TOKEN }
export const TEST_URL = 'http://127.0.0.1:4400'

/** The app on a store of its own, with a small built page, an engine that answers at once, and a log that can be read. */
export async function testApp(more: Partial<Deps> = {}) {
  const folder = temporaryFolder()
  const store = await openStore(`${folder}/data`)
  const digests = keepDigests({
    digests: store.digests,
    log: store.log,
    specOf: store.runs.spec,
    onFault: (fault) => {
      throw fault
    },
  })
  const engine = fakeEngine(tellingEnds(store.log, digests.runEnded))
  const logged: string[] = []
  const stopping = new AbortController()
  const redaction = createRedaction()
  const { secrets, connections, models } = await createVault(testEnv(), store, {
    models: fakeParts.createModels(testEnv()),
    redaction,
    ownPort: 4400,
  })
  const onFault = (fault: unknown) => {
    throw fault
  }
  const audit = createAudit(store.audit, { now: Date.now, hide: redaction.json, onFault })
  const retention = keepRetention({
    settings: store.settings,
    expired: store.expired,
    clock: manualClock(),
    onDeleted: (runs) => audit.note('runs_deleted', { runs }),
    onFault,
  })
  const evals = createEvals({
    ...store,
    documents: fakeDocuments,
    models,
    engine,
    id: newId,
    runId: newId,
    now: () => 0,
    hide: redaction.json,
    queue: null,
    onFault,
  })
  onTestFinished(async () => {
    await evals.close()
    await digests.stop()
    await retention.stop()
    await audit.idle()
    await store.close()
  })
  const app = createApp({
    version: '0.0.1',
    access: { token: TEST_TOKEN, port: 4400, allowedHosts: [] },
    page: openPage(aBuiltPage(`${folder}/dist`)),
    examplesFolder: `${folder}/examples`,
    documents: fakeDocuments,
    models,
    prices: await createPriceTable(store.prices),
    network: { exceptions: ['10.0.0.0/8'], codeFetch: false },
    engine,
    sandbox: fakeSandbox,
    secrets,
    connections,
    listMcpTools: async (name) => err(`The MCP server "${name}" is not there.`),
    audit,
    hide: redaction.json,
    retention,
    evals,
    tokens: createApiTokens(store.tokens, { now: () => new Date(), id: newId }),
    store,
    log: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }),
    runId: () => newId(),
    metrics: createMetrics({ queue: null, pool: null }),
    isStoreThere: store.isThere,
    stopping: stopping.signal,
    ...more,
  })
  /** One request with the token: `{ status, body, headers }`. */
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await app.request(`${TEST_URL}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${TEST_TOKEN}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, text, body: parsed(text) }
  }
  return { app, call, store, engine, folder, logged, stopping, digests, audit, redaction, connections }
}

/** A folder like the one the page is built into. */
function aBuiltPage(folder: string): string {
  mkdirSync(`${folder}/assets`, { recursive: true })
  writeFileSync(`${folder}/index.html`, '<!doctype html><title>Volley</title>')
  writeFileSync(`${folder}/theme.js`, 'document.title')
  writeFileSync(`${folder}/assets/index-abc123.js`, 'export {}')
  return folder
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
function parsed(text: string): any {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { sql } from 'kysely'
import { type ApiTokenRows, createApiTokenRows } from './apiTokens.ts'
import { type AuditRows, createAuditRows } from './audit.ts'
import { type ConnectionRows, createConnectionRows } from './connections.ts'
import { type Database, type EventReader, openDatabase, openReader } from './database.ts'
import { keptText, takeDataFolder } from './dataFolder.ts'
import { createDataSets, type DataSets } from './dataSets.ts'
import { createEvals, type Evals } from './evals.ts'
import { createEventLog, type EventLogOptions, type GroupedEventLog } from './eventLog.ts'
import { createExchanges, type ExchangeRows } from './exchanges.ts'
import { createExpiredRuns, type ExpiredRuns } from './expiredRuns.ts'
import { createFlows, type Flows } from './flows.ts'
import { newId } from './ids.ts'
import { createPriceRows, type PriceRows } from './prices.ts'
import { createRunDigests, type RunDigests } from './runDigests.ts'
import { createRuns, type Runs } from './runs.ts'
import { createSeal, type Seal } from './seal.ts'
import { createSecretRows, type SecretRows } from './secrets.ts'
import { createSettings, type Settings } from './settings.ts'
import { explainFault } from './storeFault.ts'
import { createWakes } from './wakes.ts'

export interface Store {
  log: GroupedEventLog
  flows: Flows
  runs: Runs
  exchanges: ExchangeRows
  secrets: SecretRows
  connections: ConnectionRows
  audit: AuditRows
  prices: PriceRows
  digests: RunDigests
  expired: ExpiredRuns
  settings: Settings
  tokens: ApiTokenRows
  dataSets: DataSets
  evals: Evals
  /** For tests that hurt the database on purpose. */
  database: Database
  /** Whether the database answers. */
  isThere(): Promise<boolean>
  /** Writes what is left, closes the database and gives the folder free. */
  close(): Promise<void>
}

export interface StoreOptions {
  now?: () => Date
  /** Told where what is kept for people alone could not be stored. */
  onFault?: (fault: unknown) => void
  /** What secrets are encrypted with; without one a key is made at the first start and kept in the folder, for this user alone. */
  secretKey?: string | null
}

/** Opens the embedded store in a folder of its own. Refuses, with a sentence, a folder that another server uses. */
export async function openStore(
  folderPath: string,
  { now = () => new Date(), onFault = () => {}, secretKey = null }: StoreOptions = {},
): Promise<Store> {
  const folder = takeDataFolder(folderPath)
  try {
    const file = path.join(folder.path, 'volley.db')
    const database = await openDatabase(file)
    const reader = openReader(file)
    const explain = (fault: unknown) => explainFault(fault, folder.path)
    return storeOf({
      database,
      reader,
      log: { firstOwner: newId(), epochOf: () => 1, now, wakes: createWakes(), explain },
      seal: createSeal(secretKey ?? keptText(folder.path, 'secret.key', newKey)),
      onFault,
      async close() {
        reader.close()
        await database.destroy()
        folder.release()
      },
    })
  } catch (error) {
    folder.release()
    throw error
  }
}

/** A key that no one can guess. */
export const newKey = () => randomBytes(32).toString('base64url')

/** The parts of a store on one database: the same code whichever it is. */
export function storeOf({
  database: db,
  reader,
  log: options,
  seal,
  onFault,
  close,
}: {
  database: Database
  reader: EventReader
  log: EventLogOptions
  seal: Seal
  onFault(fault: unknown): void
  close(): Promise<void>
}): Store {
  const { now, explain } = options
  const explained = <Part extends object>(part: Part) => withExplainedFaults(part, explain)
  const exchanges = createExchanges(db, { onFault })
  const log = createEventLog(db, reader, options)
  return {
    log,
    database: db,
    flows: explained(createFlows(db, { now })),
    runs: explained(createRuns(db, { now })),
    exchanges,
    secrets: explained(createSecretRows(db, { seal, now })),
    connections: explained(createConnectionRows(db, { seal, now })),
    audit: explained(createAuditRows(db, { now })),
    prices: explained(createPriceRows(db, { now })),
    digests: explained(createRunDigests(db)),
    expired: explained(createExpiredRuns(db, { now })),
    settings: explained(createSettings(db, { now })),
    tokens: explained(createApiTokenRows(db)),
    dataSets: explained(createDataSets(db, { now })),
    evals: explained(createEvals(db, { now })),
    isThere: () =>
      sql`select 1`.execute(db).then(
        () => true,
        () => false,
      ),
    async close() {
      await log.idle()
      await exchanges.idle()
      await close()
    },
  }
}

/** The same part of the store; what the database refuses comes out as a sentence. `atOnce` names methods that answer without it. */
export function withExplainedFaults<Part extends object>(
  part: Part,
  explain: (fault: unknown) => unknown,
  atOnce: readonly string[] = [],
): Part {
  return new Proxy(part, {
    get(target, name) {
      const method = Reflect.get(target, name)
      if (typeof method !== 'function' || atOnce.includes(String(name))) return method
      return (...given: unknown[]) =>
        Promise.resolve(method.apply(target, given)).catch((error: unknown) => {
          throw explain(error)
        })
    },
  })
}

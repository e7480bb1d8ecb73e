import type { Env } from './env.ts'
import type { Queues } from './fleet/queue.ts'
import type { SharedLimitStore } from './fleet/sharedLimitStore.ts'
import type { Logger } from './log.ts'
import { keptText } from './store/dataFolder.ts'
import type { SharedStore } from './store/sharedStore.ts'
import { openStore, type Store } from './store/store.ts'

/** The store of a server: its own, in the data folder, or one that it shares with others. */
export interface OpenedStore {
  store: Store
  /** Null for a store of one's own. */
  shared: { store: SharedStore; queues: Queues; limits: SharedLimitStore } | null
  /** A small private text that is made once. */
  keptText(name: string, make: () => string): Promise<string>
}

export async function openEmbedded({ dataFolder, secretKey }: Env, logger: Logger): Promise<OpenedStore> {
  const store = await openStore(dataFolder, { secretKey, onFault: faultOf(logger) })
  return { store, shared: null, keptText: async (name, make) => keptText(dataFolder, name, make) }
}

export async function openShared(url: string, { secretKey }: Env, logger: Logger): Promise<OpenedStore> {
  if (secretKey === null)
    logger.warn(
      'secrets are encrypted with a key that lies in the database: set VOLLEY_SECRET_KEY, the same on every server',
    )
  // What only servers that share a store need is loaded by them alone.
  const [{ openSharedStore }, { explainPostgres, placeOf }, { openQueues }, { createSharedLimitStore }] =
    await Promise.all([
      import('./store/sharedStore.ts'),
      import('./store/postgres.ts'),
      import('./fleet/queue.ts'),
      import('./fleet/sharedLimitStore.ts'),
    ])
  let queues: Queues | undefined
  const store = await openSharedStore(url, {
    secretKey,
    onFault: faultOf(logger),
    onCreate: async (transaction, { runId, parent }) => queues?.runs.send(transaction, runId, parent?.depth),
  })
  try {
    queues = await openQueues(url, { onFault: (err) => logger.error({ err }, 'the queue met a fault') })
  } catch (error) {
    await store.close()
    throw explainPostgres(error, placeOf(url))
  }
  const limits = createSharedLimitStore({
    url,
    store,
    onFault: (err) => logger.error({ err }, 'a limit over all servers could not be asked'),
  })
  return { store, shared: { store, queues, limits }, keptText: store.keptText }
}

const faultOf = (logger: Logger) => (err: unknown) => logger.error({ err }, 'the store met a fault beside the requests')

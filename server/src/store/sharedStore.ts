import type { RunSpec } from '../engine/ports.ts'
import { type Announcement, announce, listenToServers } from './announcements.ts'
import type { Transaction } from './database.ts'
import { newId } from './ids.ts'
import { createKeptTexts } from './keptTexts.ts'
import { createOwnership, type Ownership } from './ownership.ts'
import { explainPostgres, openPostgres, placeOf } from './postgres.ts'
import { createSeal } from './seal.ts'
import { newKey, type Store, type StoreOptions, storeOf, withExplainedFaults } from './store.ts'
import { createWakes } from './wakes.ts'

/** A store that other servers work on as well. */
export interface SharedStore extends Store {
  /** Names this server among those that share the store; anew at each start. */
  self: string
  ownership: Ownership
  /** A text that all servers have in common; the first one that asks makes it. */
  keptText(name: string, make: () => string): Promise<string>
  /** The connections to the database: open, unused, and how many wait for one. */
  poolCounts(): { total: number; idle: number; waiting: number }
  /** Tells the other servers. */
  announce(said: Omit<Announcement, 'by'>): Promise<void>
  /** Calls back for what other servers say, but for news of runs, which wake the readers of this one by themselves. */
  onAnnouncement(callback: (said: Announcement) => void): void
}

export interface SharedStoreOptions extends StoreOptions {
  /** Does what belongs to the creation of a run, in its transaction. */
  onCreate?(transaction: Transaction, spec: RunSpec): Promise<void>
}

/**
 * Opens the store that many servers share, on PostgreSQL. Without a key of one's own the key of the secrets lies in the database, where all
 * servers find it.
 */
export async function openSharedStore(
  url: string,
  { now = () => new Date(), onFault = () => {}, secretKey = null, onCreate = async () => {} }: SharedStoreOptions = {},
): Promise<SharedStore> {
  const where = placeOf(url)
  const { db: database, reader, pool } = await openPostgres(url, { onFault })
  const explain = (fault: unknown) => explainPostgres(fault, where)
  try {
    const self = newId()
    const wakes = createWakes()
    const kept = createKeptTexts(database, { now })
    const key = secretKey ?? (await kept.get('secret key', newKey))
    const ownership = withExplainedFaults(createOwnership(database, { owner: self }), explain, ['epochOf', 'sureAt'])
    const callbacks: ((said: Announcement) => void)[] = []
    const listener = listenToServers(url, {
      self,
      onAnnouncement(said) {
        if (said.topic === 'run') wakes.wake(said.of, [])
        else for (const callback of callbacks) callback(said)
      },
      onReconnect: wakes.wakeAll,
      onFault,
    })
    const store = storeOf({
      database,
      reader,
      log: {
        firstOwner: null,
        epochOf: ownership.epochOf,
        now,
        wakes,
        explain,
        onCreate,
        async announce(transaction, runIds) {
          for (const runId of runIds) await announce(transaction, { topic: 'run', of: runId, by: self })
        },
      },
      seal: createSeal(key),
      onFault,
      async close() {
        await listener.close()
        await database.destroy()
      },
    })
    return {
      ...store,
      log: {
        ...store.log,
        owns: {
          sureAt: (runId) => Math.max(store.log.sureAt(runId), ownership.sureAt(runId)),
          ask: ownership.stands,
        },
      },
      self,
      ownership,
      keptText: kept.get,
      poolCounts: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
      announce: (said) =>
        announce(database, { ...said, by: self }).catch((fault: unknown) => {
          throw explain(fault)
        }),
      onAnnouncement: (callback) => void callbacks.push(callback),
    }
  } catch (error) {
    await database.destroy()
    throw explain(error)
  }
}

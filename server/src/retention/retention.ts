import { type Retention, type RetentionPreview, retentionSchema } from '@volley/shared/run/retention.ts'
import type { Clock } from '../engine/ports.ts'
import type { ExpiredRuns } from '../store/expiredRuns.ts'
import type { Settings } from '../store/settings.ts'

/** How long runs are kept, and the deleting of those that need not be. */
export interface RetentionKeeper {
  get(): Promise<Retention>
  /** What a setting would delete, without setting it. */
  preview(retention: Retention): Promise<RetentionPreview>
  /** Keeps the setting, and applies it. */
  set(retention: Retention): Promise<void>
  stop(): Promise<void>
}

export interface RetentionOptions {
  settings: Settings
  expired: ExpiredRuns
  clock: Clock
  onDeleted(count: number): void
  onFault(fault: unknown): void
}

const SETTING = 'retention'
const FOR_EVER: Retention = { days: null, runs: null }
const HOUR_MS = 3_600_000
/** In one transaction; between two of them others write. */
const DELETED_AT_ONCE = 50

/** Applies the stored setting now and every hour. Nothing is deleted before someone has set it. */
export function keepRetention({ settings, expired, clock, onDeleted, onFault }: RetentionOptions): RetentionKeeper {
  let isStopped = false
  let cancelTimer = () => {}
  let applying: Promise<void> = Promise.resolve()

  const get = async () => {
    const read = retentionSchema.safeParse(await settings.get(SETTING))
    return read.success ? read.data : FOR_EVER
  }
  const deleteExpired = async () => {
    const runIds = await expired.list(await get())
    let deleted = 0
    for (let at = 0; at < runIds.length && !isStopped; at += DELETED_AT_ONCE) {
      const some = runIds.slice(at, at + DELETED_AT_ONCE)
      await expired.delete(some)
      deleted += some.length
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
    if (deleted > 0) onDeleted(deleted)
  }
  const apply = () => {
    applying = applying.then(() => (isStopped ? undefined : deleteExpired())).catch(onFault)
    return applying
  }
  const applyHourly = () => {
    if (isStopped) return
    void apply()
    cancelTimer = clock.after(HOUR_MS, applyHourly)
  }
  applyHourly()

  return {
    get,
    preview: async (retention) => ({
      deletes: (await expired.list(retention)).length,
      finished: await expired.finished(),
    }),
    async set(retention) {
      await settings.set(SETTING, retention)
      void apply()
    },
    async stop() {
      isStopped = true
      cancelTimer()
      await applying
    },
  }
}

/** What became of one entry of a batch. */
export type Written = { ok: true } | { ok: false; fault: unknown }

/**
 * Writes entries in groups, in the order they came: at once when nothing is being written, and all that gathered meanwhile in the next
 * group. One group is in flight at a time, so a reader never sees a later entry before an earlier one. The promise of an entry settles
 * when its group did.
 */
export function createGroupCommit<Entry>(write: (group: readonly Entry[]) => Promise<readonly Written[]>) {
  let gathered: { entry: Entry; settle: (written: Written) => void }[] = []
  let inFlight: Promise<void> | null = null

  const flushAll = async () => {
    // One microtask of grace, so that what one tick appends is one group.
    await Promise.resolve()
    while (gathered.length > 0) {
      const group = gathered
      gathered = []
      let written: readonly Written[]
      try {
        written = await write(group.map(({ entry }) => entry))
      } catch (fault) {
        written = group.map(() => ({ ok: false, fault }))
      }
      group.forEach(({ settle }, index) => {
        settle(written[index] ?? { ok: false, fault: new Error('a write was forgotten') })
      })
      // SQLite answers without ever leaving the microtasks: let timers and sockets have their turn, or they starve under load.
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
    inFlight = null
  }

  return {
    /** Resolves once the entry is durable; rejects with the fault that kept it from being written. */
    add(entry: Entry): Promise<void> {
      const done = new Promise<void>((resolve, reject) => {
        gathered.push({ entry, settle: (written) => (written.ok ? resolve() : reject(written.fault)) })
      })
      inFlight ??= flushAll()
      return done
    },
    /** Resolves when nothing is left to be written. */
    async idle(): Promise<void> {
      await inFlight
    },
  }
}

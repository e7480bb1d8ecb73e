import type { Ticket } from './line.ts'
import type { Rate } from './startWindow.ts'

/** Where the state of limits lies: in this process, or where all servers find it. Nothing here rejects: what cannot be asked counts as full. */
export interface LimitStore {
  /** One of `most` places under this key; null when all are taken. */
  tryPlace(key: string, most: number): Promise<Ticket | null>
  /** The next start under this key, which is then nobody else's. */
  reserveStart(key: string, rate: Rate): Promise<Ticket | null>
  /** Tells whoever else is to know that nobody is to go there for so long. */
  tellPause(key: string, ms: number): void
  /** Calls back when a place under a key may be free, and when others were told of a pause. */
  listen(listener: { onFree(key: string): void; onPause(key: string, ms: number): void }): void
}

import type { Ticket } from './line.ts'
import type { Rate } from './startWindow.ts'

/** Where the state of limits lies: in this process, or where all servers find it. Nothing here rejects: what cannot be asked counts as full. */
export interface LimitStore {
  /** One of `most` places under this key; null when all are taken. */
  tryPlace(key: string, most: number): Promise<Ticket | null>
  /** The next start under this key, which is then nobody else's. */
  reserveStart(key: string, rate: Rate): Promise<Ticket | null>
  /** Calls back when a place under a key may be free. There is one who listens. */
  onFree(callback: (key: string) => void): void
}

/** One that several servers have in common. */
export interface SharedLimits extends LimitStore {
  /** Tells the other servers that nobody is to go there for so long. */
  tellPause(key: string, ms: number): void
  /** Calls back when one of them did. There is one who listens. */
  onPause(callback: (key: string, ms: number) => void): void
}

import type { Clock } from '../../engine/ports.ts'
import type { McpConnection } from './connection.ts'
import type { Session } from './session.ts'

// Which sessions are open. Invariants:
// 1. One session per connection, as long as its hash and its approval stay as they are; opened on first use, by whoever comes first.
// 2. A session that nobody uses is closed after a while; one whose connection changed, as soon as nobody uses it any more.
// 3. A session that ended is forgotten before anyone can be given it.

const IDLE_MS = 5 * 60_000

export interface Sessions {
  /** Lends the connection's session while `use` goes on. */
  with<Answer>(connection: McpConnection, use: (session: Session) => Promise<Answer>): Promise<Answer>
  /** The connection was changed, taken back or deleted: its session goes when its calls are done. */
  drop(name: string): void
  /** Forgets a session that the server no longer knows. */
  forget(connection: McpConnection, session: Session): void
  close(): Promise<void>
}

interface Held {
  key: string
  opening: Promise<Session>
  users: number
  isRetired: boolean
  cancelIdle: () => void
}

export function createSessions(
  open: (connection: McpConnection) => Promise<Session>,
  { clock, idleMs = IDLE_MS }: { clock: Pick<Clock, 'after'>; idleMs?: number },
): Sessions {
  const held = new Map<string, Held>()
  const closing = new Set<Promise<void>>()
  let isClosed = false

  const shut = (one: Held) => {
    one.cancelIdle()
    const done = one.opening.then((session) => session.close()).catch(() => {})
    closing.add(done)
    void done.then(() => closing.delete(done))
  }
  const retire = (name: string, one: Held) => {
    if (held.get(name) === one) held.delete(name)
    one.isRetired = true
    if (one.users === 0) shut(one)
  }

  const heldFor = (connection: McpConnection): Held => {
    const { name } = connection
    const key = `${connection.hash} ${connection.approved}`
    const known = held.get(name)
    if (known?.key === key) return known
    if (known) retire(name, known)
    const one: Held = { key, opening: open(connection), users: 0, isRetired: false, cancelIdle: () => {} }
    held.set(name, one)
    const forgotten = () => {
      one.cancelIdle()
      if (held.get(name) === one) held.delete(name)
    }
    one.opening.then((session) => session.ended.then(forgotten), forgotten)
    return one
  }

  return {
    async with(connection, use) {
      if (isClosed) throw new Error('sessions are closed')
      const one = heldFor(connection)
      one.users++
      one.cancelIdle()
      try {
        return await use(await one.opening)
      } finally {
        one.users--
        if (one.users === 0) {
          if (one.isRetired) shut(one)
          else if (held.get(connection.name) === one)
            one.cancelIdle = clock.after(idleMs, () => retire(connection.name, one))
        }
      }
    },
    drop(name) {
      const one = held.get(name)
      if (one) retire(name, one)
    },
    forget(connection, session) {
      const one = held.get(connection.name)
      void one?.opening.then((current) => {
        if (current === session && held.get(connection.name) === one) retire(connection.name, one)
      })
    },
    async close() {
      isClosed = true
      const all = [...held.values()]
      held.clear()
      for (const one of all) shut(one)
      await Promise.all(closing)
    },
  }
}

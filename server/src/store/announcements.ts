import { type Kysely, sql } from 'kysely'
import pg from 'pg'
import { connectionOf } from './postgres.ts'
import type { Tables } from './schema.ts'

/** What servers tell one another through the database. It may get lost: who waits looks again by himself. */
export interface Announcement {
  /**
   * `run`: it has new events. `cancel`, `decided`: its owner is to look. `vault`, `prices`: they were changed. `eval`: it is to stop. `place wanted`,
   * `place free`: someone waits for a place under a limit, or gave one back. `pause`: nobody is to go there for `ms` milliseconds.
   */
  topic: 'run' | 'cancel' | 'decided' | 'vault' | 'prices' | 'eval' | 'place wanted' | 'place free' | 'pause'
  /** The id of the run or eval, the name of the connection that was changed, or the key of the limit. */
  of: string
  ms?: number
  /** Which server said it. */
  by: string
}

const CHANNEL = 'volley'
const RECONNECT_MS = 500

/** Says something to all servers; in a transaction once it is committed. */
export async function announce(database: Kysely<Tables>, said: Announcement): Promise<void> {
  await sql`select pg_notify(${CHANNEL}, ${JSON.stringify(said)})`.execute(database)
}

/** Hears what other servers say, on a connection of its own that is opened again when it breaks. */
export function listenToServers(
  url: string,
  {
    self,
    onAnnouncement,
    onReconnect,
    onFault,
  }: {
    /** What this server said itself is not told. */
    self: string
    onAnnouncement(said: Announcement): void
    /** Something may have been missed. */
    onReconnect(): void
    onFault(fault: unknown): void
  },
): { close(): Promise<void> } {
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | null = null
  let isClosed = false

  const again = (broken: pg.Client, fault?: unknown) => {
    if (client !== broken || isClosed) return
    client = null
    if (fault) onFault(fault)
    void broken.end().catch(() => {})
    timer = setTimeout(() => void connect(), RECONNECT_MS)
  }
  const connect = async () => {
    if (isClosed) return
    const made = new pg.Client(connectionOf(url))
    client = made
    made.on('error', (fault) => again(made, fault))
    made.on('end', () => again(made))
    made.on('notification', ({ payload = '' }) => {
      const said = JSON.parse(payload) as Announcement
      if (said.by !== self) onAnnouncement(said)
    })
    try {
      await made.connect()
      await made.query(`listen ${CHANNEL}`)
      onReconnect()
    } catch (fault) {
      again(made, fault)
    }
  }
  const connecting = connect()

  return {
    async close() {
      isClosed = true
      if (timer) clearTimeout(timer)
      await connecting
      await client?.end().catch(() => {})
    },
  }
}

import { createHash } from 'node:crypto'
import pg from 'pg'
import { connectionOf } from './postgres.ts'

export interface PlaceLocks {
  /** The number of a place that is now ours; null when there is none, or the database cannot be asked. */
  take(key: string, most: number): Promise<number | null>
  giveBack(key: string, place: number): Promise<void>
  close(): Promise<void>
}

const REOPEN_MS = 500

/**
 * Places that servers share: locks of PostgreSQL's on a session of this process alone, which is opened when the first one is wanted, and again
 * when it broke. A process that dies or is cut off gives its places back, and none is ever taken twice.
 */
export function createPlaceLocks(url: string, { onFault }: { onFault(fault: unknown): void }): PlaceLocks {
  const held = new Map<string, Set<number>>()
  /** The session that counts, and when it is ready. */
  let session: { client: pg.Client; isReady: Promise<pg.Client> } | null = null
  let isClosed = false

  const connect = () => {
    const client = new pg.Client({ ...connectionOf(url), application_name: 'volley limits' })
    // Of one that broke the end is told as well, when another one may be there already.
    const broken = (fault?: unknown) => {
      if (isClosed || session?.client !== client) return
      session = null
      if (fault) onFault(fault)
      void client.end().catch(() => {})
      reopen()
    }
    client.on('error', broken)
    client.on('end', () => broken())
    const open = async () => {
      try {
        await client.connect()
        for (const [key, places] of held)
          for (const place of places) await client.query('select pg_try_advisory_lock($1, $2)', [numberOf(key), place])
        return client
      } catch (fault) {
        if (session?.client === client) session = null
        void client.end().catch(() => {})
        throw fault
      }
    }
    return { client, isReady: open() }
  }
  const connection = () => {
    session ??= connect()
    return session.isReady
  }

  /** Whoever holds a place wants it back, whether or not someone asks for another one. */
  const reopen = () => {
    if (isClosed || held.size === 0 || session !== null) return
    inTurn(connection).catch((fault) => {
      onFault(fault)
      setTimeout(reopen, REOPEN_MS).unref()
    })
  }

  /** One question after the other: a session answers no two at once. */
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    const answer = last.then(ask)
    last = answer.catch(() => {})
    return answer
  }

  return {
    take: (key, most) =>
      inTurn(async () => {
        const mine = held.get(key) ?? new Set()
        const client = await connection()
        // A session gets its own locks again and again: those it has are left out before the lock is asked for.
        const { rows } = await client.query<{ place: number }>(
          `select place from generate_series(0, $2::int - 1) place
           where case when place = any($3::int[]) then false else pg_try_advisory_lock($1, place) end limit 1`,
          [numberOf(key), most, [...mine]],
        )
        const place = rows[0]?.place
        if (place === undefined) return null
        held.set(key, mine.add(place))
        return place
      }).catch((fault: unknown) => {
        if (!isClosed) onFault(fault)
        return null
      }),
    giveBack: (key, place) =>
      inTurn(async () => {
        const mine = held.get(key)
        mine?.delete(place)
        if (mine?.size === 0) held.delete(key)
        // With a broken session its locks are gone.
        const client = await session?.isReady.catch(() => null)
        await client?.query('select pg_advisory_unlock($1, $2)', [numberOf(key), place])
      }).catch(() => {}),
    async close() {
      isClosed = true
      await last
      const client = await session?.isReady.catch(() => null)
      await client?.end().catch(() => {})
    },
  }
}

/** A key as PostgreSQL's locks have it: keys that come out equal share their places, which is on the safe side. */
const numberOf = (key: string): number => createHash('sha256').update(`volley ${key}`).digest().readInt32BE()

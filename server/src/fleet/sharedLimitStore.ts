import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import type { LimitStore } from '../limits/limitStore.ts'
import type { Rate } from '../limits/startWindow.ts'
import { connectionOf } from '../store/postgres.ts'
import type { SharedStore } from '../store/sharedStore.ts'

// Limits over all servers that share a store. Invariants:
// 1. A place is a lock of PostgreSQL's on a session of this process alone: a process that dies or is cut off gives its places back, and none is
//    ever taken twice. When the session breaks, what goes on here keeps running; its places are asked for again first.
// 2. The starts of a rate stand in one row; the statement that reserves one locks it.
// 3. News may get lost: who waits asks again by itself.

export interface SharedLimitStore extends LimitStore {
  close(): Promise<void>
}

const ASK_AGAIN_MS = 250
/** A server that gave a place back lets the others have it first for so long, when they said that they wait. */
const YIELD_MS = 30
/** What another server said about waiting is taken to hold for so long. */
const WAITS_MS = 1_000
const SAY_WAITING_MS = 500
const REOPEN_MS = 500

export function createSharedLimitStore({
  url,
  store: { database, announce, onAnnouncement },
  onFault,
}: {
  url: string
  store: Pick<SharedStore, 'database' | 'announce' | 'onAnnouncement'>
  onFault(fault: unknown): void
}): SharedLimitStore {
  const session = createSession(url, onFault)
  const listeners: Parameters<LimitStore['listen']>[0][] = []
  /** By key: since when others wait, when we last said that we do, until when we yield. */
  const news = new Map<string, { othersWaitAt: number; saidAt: number; yieldUntil: number }>()
  const timers = new Map<string, NodeJS.Timeout>()
  const now = () => performance.now()

  const newsOf = (key: string) => {
    const known = news.get(key) ?? { othersWaitAt: -WAITS_MS, saidAt: -SAY_WAITING_MS, yieldUntil: 0 }
    news.set(key, known)
    return known
  }
  const say = (said: Parameters<typeof announce>[0]) => void announce(said).catch(onFault)
  const tellFree = (key: string) => {
    for (const { onFree } of listeners) onFree(key)
  }
  const askAgainIn = (key: string, ms: number) => {
    clearTimeout(timers.get(key))
    timers.set(
      key,
      setTimeout(() => {
        timers.delete(key)
        tellFree(key)
      }, ms),
    )
  }
  onAnnouncement(({ topic, of: key, ms = 0 }) => {
    if (topic === 'place wanted') newsOf(key).othersWaitAt = now()
    if (topic === 'place free') tellFree(key)
    if (topic === 'pause') for (const { onPause } of listeners) onPause(key, ms)
  })

  const full = (key: string, ms: number) => {
    const about = newsOf(key)
    if (now() - about.saidAt >= SAY_WAITING_MS) {
      about.saidAt = now()
      say({ topic: 'place wanted', of: key })
    }
    askAgainIn(key, ms)
    return null
  }

  return {
    async tryPlace(key, most) {
      const yielding = newsOf(key).yieldUntil - now()
      if (yielding > 0) return full(key, yielding)
      const place = await session.take(key, most)
      if (place === null) return full(key, ASK_AGAIN_MS)
      return {
        delayMs: 0,
        async giveBack() {
          await session.giveBack(key, place)
          const about = newsOf(key)
          if (now() - about.othersWaitAt >= WAITS_MS) return tellFree(key)
          about.yieldUntil = now() + YIELD_MS
          say({ topic: 'place free', of: key })
          askAgainIn(key, YIELD_MS)
        },
      }
    },
    async reserveStart(key, rate) {
      try {
        const { at, delay } = await reserve(database, key, rate)
        return {
          delayMs: Math.max(0, delay),
          giveBack() {
            sql`update rate_window set starts = array_remove(starts, ${at}::float8) where key = ${key}`
              .execute(database)
              .catch(onFault)
          },
        }
      } catch (fault) {
        onFault(fault)
        askAgainIn(key, ASK_AGAIN_MS)
        return null
      }
    },
    tellPause: (key, ms) => say({ topic: 'pause', of: key, ms }),
    listen: (listener) => void listeners.push(listener),
    async close() {
      for (const timer of timers.values()) clearTimeout(timer)
      await session.close()
    },
  }
}

/** Takes the next start (see `nextStart`), by the clock of the database, which all servers have in common. */
async function reserve(database: SharedStore['database'], key: string, { limit, perMs }: Rate) {
  const { rows } = await sql<{ at: number; delay: number }>`
    insert into rate_window as known (key, starts) values (${key}, array[extract(epoch from clock_timestamp()) * 1000])
    on conflict (key) do update set starts = (
      known.starts || greatest(
        extract(epoch from clock_timestamp()) * 1000,
        known.starts[cardinality(known.starts)],
        known.starts[cardinality(known.starts) + 1 - ${limit}::int] + ${perMs}::float8
      )
    )[greatest(1, cardinality(known.starts) + 2 - ${limit}::int):]
    returning starts[cardinality(starts)] as at, starts[cardinality(starts)] - extract(epoch from clock_timestamp()) * 1000 as delay
  `.execute(database)
  return rows[0] as { at: number; delay: number }
}

/** The session whose locks are the places; opened when the first one is wanted, and again when it broke. */
function createSession(url: string, onFault: (fault: unknown) => void) {
  const held = new Map<string, Set<number>>()
  let open: Promise<pg.Client> | null = null
  let isClosed = false

  const connect = async () => {
    const client = new pg.Client({ ...connectionOf(url), application_name: 'volley limits' })
    const broken = (fault?: unknown) => {
      if (isClosed || open === null) return
      open = null
      if (fault) onFault(fault)
      void client.end().catch(() => {})
      reopen()
    }
    client.on('error', broken)
    client.on('end', () => broken())
    await client.connect()
    for (const [key, places] of held)
      for (const place of places) await client.query('select pg_try_advisory_lock($1, $2)', [numberOf(key), place])
    return client
  }
  const connection = () => {
    open ??= connect()
    const mine = open
    mine.catch(() => {
      if (open === mine) open = null
    })
    return mine
  }

  /** Whoever holds a place wants it back, whether or not someone asks for another one. */
  const reopen = () => {
    if (isClosed || held.size === 0 || open !== null) return
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
    /** The number of a place that is now ours; null when there is none, or the database cannot be asked. */
    take: (key: string, most: number): Promise<number | null> =>
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
    giveBack: (key: string, place: number): Promise<void> =>
      inTurn(async () => {
        const mine = held.get(key)
        mine?.delete(place)
        if (mine?.size === 0) held.delete(key)
        // With a broken session its locks are gone.
        const client = await open?.catch(() => null)
        await client?.query('select pg_advisory_unlock($1, $2)', [numberOf(key), place])
      }).catch(() => {}),
    async close() {
      isClosed = true
      await last
      const client = await open?.catch(() => null)
      await client?.end().catch(() => {})
    },
  }
}

/** A key as PostgreSQL's locks have it: keys that come out equal share their places, which is on the safe side. */
const numberOf = (key: string): number => createHash('sha256').update(`volley ${key}`).digest().readInt32BE()

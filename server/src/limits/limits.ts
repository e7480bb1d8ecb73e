import type { HeldBy } from '@volley/shared/run/heldBy.ts'
import type { Abort } from '../engine/abort.ts'
import { pause } from '../engine/backoff.ts'
import type { Admission, Clock, Leave, Limits, Randomness } from '../engine/ports.ts'
import type { SharedLimits } from './limitStore.ts'
import { type CommonLimit, type GivenLimit, hostOf, keyOfProvider, limitsOfCall, limitsOfRequest } from './limitsOf.ts'
import { createLine, type Line } from './line.ts'
import { createOwnLimitStore } from './ownLimitStore.ts'

export interface LimitsOptions {
  /** What all servers share; left out where there is one. */
  shared?: SharedLimits | undefined
  given: readonly GivenLimit[]
  clock: Clock
  randomness: Randomness
}

/** After a pause those who waited come back one after the other within this part of it, and within this time. */
const SPREAD = 0.1
const MOST_SPREAD_MS = 1_000

/** The limits that runs have in common, over this server or over all that share a store. */
export function createLimits({ shared, given, clock, randomness }: LimitsOptions): Limits {
  const own = createOwnLimitStore({ now: clock.now })
  const lines = new Map<string, Line<CommonLimit>>()
  /** Until when nobody goes there. */
  const pauses = new Map<string, number>()
  const shut = (key: string, ms: number) => void pauses.set(key, Math.max(pauses.get(key) ?? 0, clock.now() + ms))
  for (const store of shared ? [own, shared] : [own]) store.onFree((key) => lines.get(key)?.wake())
  shared?.onPause(shut)

  const lineOf = (limit: CommonLimit) => {
    const known = lines.get(limit.key)
    if (known) return known
    const store = limit.isOfRun ? own : (shared ?? own)
    const line = createLine<CommonLimit>({
      take: (wish) =>
        wish.kind === 'places' ? store.tryPlace(wish.key, wish.most) : store.reserveStart(wish.key, wish.rate),
      after: clock.after,
      onEmpty: () => lines.delete(limit.key),
    })
    lines.set(limit.key, line)
    return line
  }

  const pausedMs = (key: string | null): number => {
    const until = key === null ? undefined : pauses.get(key)
    if (key === null || until === undefined) return 0
    const ms = until - clock.now()
    if (ms <= 0) pauses.delete(key)
    return Math.max(0, ms)
  }

  /** Resolves when no pause holds any more; false on the abort. */
  const waitOutPause = async (key: string | null, abort: Abort, onHeld: () => void): Promise<boolean> => {
    for (let ms = pausedMs(key); ms > 0; ms = pausedMs(key)) {
      onHeld()
      const spread = Math.min(ms * SPREAD, MOST_SPREAD_MS) * randomness.next()
      if (!(await pause(ms + spread, clock, abort))) return false
    }
    return !abort.isAborted
  }

  const admission = (
    runId: string,
    limits: CommonLimit[],
    peer: { of: HeldBy['of']; name: string } | null,
  ): Admission => {
    const pauseKey = peer && `${peer.of} ${peer.name}`
    const stand = (limit: CommonLimit, abort: Abort, onHeld: (limit: HeldBy) => void) =>
      lineOf(limit).enter(runId, limit, abort, () => onHeld(limit.held))

    const enter = async (abort: Abort, onHeld: (limit: HeldBy) => void): Promise<Leave | null> => {
      const places: Leave[] = []
      const leave = () => {
        for (const giveBack of places.splice(0)) giveBack()
      }
      const isIn = async () => {
        for (const limit of limits.filter(({ kind }) => kind === 'places')) {
          const ticket = await stand(limit, abort, onHeld)
          if (!ticket) return false
          places.push(ticket.giveBack)
        }
        return begin(abort, onHeld)
      }
      if (await isIn()) return leave
      leave()
      return null
    }

    const begin = async (abort: Abort, onHeld: (limit: HeldBy) => void) => {
      do {
        if (!(await waitOutPause(pauseKey, abort, () => peer && onHeld({ ...peer, kind: 'pause' })))) return false
        for (const limit of limits.filter(({ kind }) => kind === 'rate'))
          if (!(await stand(limit, abort, onHeld))) return false
        // One may have been asked for while it stood in line.
      } while (pausedMs(pauseKey) > 0)
      return true
    }

    return {
      enter: (abort, onHeld) =>
        limits.length === 0 && pausedMs(pauseKey) === 0 ? NOTHING_TAKEN : enter(abort, onHeld),
      again: (abort, onHeld = () => {}) => begin(abort, onHeld),
      slowDown(ms) {
        if (pauseKey === null) return
        shut(pauseKey, ms)
        shared?.tellPause(pauseKey, ms)
      },
    }
  }

  return {
    forCall({ runId, flow, tool }) {
      const host = hostOf(tool)
      const limits = limitsOfCall({ flow, runId, tool, given })
      return admission(runId, limits, host === null ? null : { of: 'host', name: host })
    },
    forRequest({ runId, provider }) {
      const peer = { of: 'provider', name: keyOfProvider(provider) } as const
      return admission(runId, limitsOfRequest(provider, given), peer)
    },
  }
}

const NOTHING_TAKEN: Leave = () => {}

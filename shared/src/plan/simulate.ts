import { createGate, rankOf } from './gate.ts'
import type { PlanGraph } from './planGraph.ts'
import { createVolleyPlan, type Ending, type Move } from './volleyPlan.ts'

/** One call of a volley that is played on paper. Times are milliseconds since the turn began. */
export interface SimulatedCall {
  call: number
  tool: string
  /** The calls its arguments refer to. */
  references: readonly number[]
  emittedMs: number
  durationMs: number
  /** How long a person takes to approve it; 0 where nobody is asked. */
  approvalMs: number
  /** Whether its tool may run while the model still writes. */
  mayStartEarly: boolean
  /** Calls with the same key run one at a time. */
  exclusive: string | null
  /** How it ends once it runs. One that never runs at all, since its arguments are no use, is `refused` at its emission. */
  ends: 'succeeded' | 'failed' | 'refused'
  /** The call whose execution this one shares, so that it takes no place and no time of its own. */
  sharesWith: number | null
}

export interface SimulatedVolley {
  graph: PlanGraph
  calls: readonly SimulatedCall[]
  /** When the model falls silent. */
  messageMs: number
  /** How many calls may run at once, in all and of each tool. */
  concurrency: number
  concurrencyOf(tool: string): number
  /** What is expected of a tool, for the order in which places are given. */
  expectedMs(tool: string): number
  /** The tool of a call of an earlier turn. */
  toolOfEarlier(call: number): string | undefined
}

/** When a call may run, runs and ends, in milliseconds since the turn began; nulls for one that never runs. */
export interface SimulatedTimes {
  /** Nothing but a place is missing any more. */
  readyMs: number | null
  startMs: number | null
  endMs: number
  /** All it waited for, ascending. */
  waitsFor: readonly number[]
  /** The call whose failure skips it. */
  skippedBy: number | null
  /** It was let go at its emission, while the model might still write. */
  isEager: boolean
}

/**
 * Plays one volley on paper: the same plan and the same gate as a real run, with durations in place of tools. Answers the times of every
 * call, by number.
 */
export function simulateVolley(volley: SimulatedVolley): Map<number, SimulatedTimes> {
  const { graph, calls, messageMs } = volley
  const byNumber = new Map(calls.map((call) => [call.call, call]))
  const plan = createVolleyPlan(graph, {
    toolOf: volley.toolOfEarlier,
    endingOf: (number) => (byNumber.has(number) ? undefined : { is: 'succeeded' }),
  })
  const gate = createGate(volley.concurrency)
  const times = new Map<number, SimulatedTimes>()
  const queue = createQueue()
  const callOf = (number: number) => byNumber.get(number) as SimulatedCall
  const ranks = new Map<number, number>()
  const rank = (number: number) =>
    rankOf(number, plan.dependentsOf, (one) => volley.expectedMs(callOf(one).tool), ranks)

  const follow = (moves: readonly Move[], now: number) => {
    for (const move of moves) {
      if (move.do === 'wait' || times.has(move.call)) continue
      if (move.do === 'release') {
        const { approvalMs } = callOf(move.call)
        if (approvalMs > 0) queue.add(now + approvalMs, () => want(move.call, now + approvalMs))
        else want(move.call, now)
      } else {
        keep(move.call, { readyMs: null, startMs: null, endMs: now, skippedBy: move.because })
        follow(plan.settle(move.call, { is: 'skipped', because: move.because }), now)
      }
    }
  }
  const eager = new Set<number>()
  const keep = (number: number, one: Omit<SimulatedTimes, 'waitsFor' | 'isEager'>) =>
    times.set(number, {
      ...one,
      // Seldom asked for, and as long as the volley is wide.
      get waitsFor() {
        return plan.waitsOf(number)
      },
      isEager: eager.has(number),
    })
  const ready = new Map<number, number>()
  const want = (number: number, now: number) => {
    ready.set(number, now)
    const { tool, exclusive, sharesWith } = callOf(number)
    if (sharesWith !== null && byNumber.has(sharesWith)) return share(number, sharesWith, now)
    gate.add({
      call: number,
      tool,
      toolConcurrency: volley.concurrencyOf(tool),
      exclusive,
      rank: rank(number),
    })
  }
  const followers = new Map<number, number[]>()
  const share = (number: number, leader: number, now: number) => {
    const led = times.get(leader)
    if (led) end(number, endingOf(leader), now, now)
    else followers.set(leader, [...(followers.get(leader) ?? []), number])
  }
  const endingOf = (number: number): Ending => ({ is: callOf(number).ends === 'succeeded' ? 'succeeded' : 'failed' })
  const end = (number: number, ending: Ending, startMs: number | null, now: number) => {
    keep(number, { readyMs: ready.get(number) ?? null, startMs, endMs: now, skippedBy: null })
    gate.free(number)
    follow(plan.settle(number, ending), now)
    for (const follower of followers.get(number) ?? []) end(follower, ending, now, now)
  }
  const admit = (now: number) => {
    for (const number of gate.admit()) {
      const endMs = now + callOf(number).durationMs
      queue.add(endMs, () => end(number, endingOf(number), now, endMs))
    }
  }

  for (const call of calls)
    queue.add(call.emittedMs, () => {
      const { call: number, tool, references, mayStartEarly } = call
      const moves = plan.emit(
        { call: number, tool, references },
        { mayStartEarly: mayStartEarly && call.ends !== 'refused' },
      )
      if (moves.some((move) => move.do === 'release' && move.call === number)) eager.add(number)
      if (call.ends === 'refused') end(number, { is: 'failed' }, null, call.emittedMs)
      else follow(moves, call.emittedMs)
    })
  queue.add(messageMs, () => {
    follow(plan.close(), messageMs)
    ranks.clear()
    gate.rerank(rank)
  })
  queue.play(admit)
  return times
}

/** What happens when, in order of time and, at one time, of arrival. */
function createQueue() {
  const heap: { at: number; nth: number; act: () => void }[] = []
  let count = 0
  const isBefore = (one: number, other: number) => {
    const [a, b] = [heap[one], heap[other]]
    return !!a && !!b && (a.at < b.at || (a.at === b.at && a.nth < b.nth))
  }
  const swap = (one: number, other: number) => {
    const [a, b] = [heap[one], heap[other]]
    if (a && b) [heap[one], heap[other]] = [b, a]
  }
  const take = () => {
    const first = heap[0]
    const last = heap.pop()
    if (!first || !last || heap.length === 0) return first
    heap[0] = last
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      const least = isBefore(right, left) ? right : left
      if (!isBefore(least, at)) return first
      swap(least, at)
      at = least
    }
  }
  return {
    add(at: number, act: () => void) {
      heap.push({ at, nth: count++, act })
      for (let child = heap.length - 1; child > 0; ) {
        const parent = (child - 1) >> 1
        if (!isBefore(child, parent)) return
        swap(child, parent)
        child = parent
      }
    },
    /** Lets everything happen; after all that happens at one time, places are given. */
    play(afterEach: (now: number) => void) {
      for (let next = take(); next; next = take()) {
        next.act()
        if (heap[0]?.at !== next.at) afterEach(next.at)
      }
    },
  }
}

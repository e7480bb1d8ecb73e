import type { Abort } from '../engine/abort.ts'

// Those who wait for one limit. Invariants:
// 1. Who takes something from the limit and finds nobody left to have it gives it back.
// 2. Runs are served in turn, one of each; those of one run in the order they came. A run with a thousand calls delays another run's one call by
//    one turn, not by a thousand.

/** What the limit gave; `delayMs` before it counts. */
export interface Ticket {
  delayMs: number
  giveBack(): void
}

export interface LineOptions<Wish> {
  /** Asks the limit; null while it is full. Never rejects. */
  take(wish: Wish): Promise<Ticket | null>
  after(ms: number, callback: () => void): () => void
  /** Nobody waits, and nothing is asked: the line can be forgotten. */
  onEmpty(): void
}

export interface Line<Wish> {
  /** Resolves with what was taken, or null on the abort. `onHeld` is called once it is known that there is something to wait for. */
  enter(runId: string, wish: Wish, abort: Abort, onHeld: () => void): Promise<Ticket | null>
  /** Something may be free: asks again. */
  wake(): void
}

interface Waiter<Wish> {
  runId: string
  wish: Wish
  tellHeld(): void
  serve(ticket: Ticket): void
}

export function createLine<Wish>({ take, after, onEmpty }: LineOptions<Wish>): Line<Wish> {
  /** By run, the run that is served next first. */
  const waiting = new Map<string, Waiter<Wish>[]>()
  let isAsking = false
  /** Asked to wake up while an answer was under way: that answer may be out of date. */
  let isWoken = false
  let isFull = false

  const first = (): Waiter<Wish> | undefined => waiting.values().next().value?.[0]

  const remove = (waiter: Waiter<Wish>) => {
    const ofRun = waiting.get(waiter.runId)
    const at = ofRun?.indexOf(waiter) ?? -1
    if (!ofRun || at < 0) return
    ofRun.splice(at, 1)
    if (ofRun.length === 0) waiting.delete(waiter.runId)
    if (waiting.size === 0 && !isAsking) onEmpty()
  }

  /** The next one, its run going to the end of the line. */
  const takeOut = (): Waiter<Wish> | undefined => {
    const [runId, ofRun] = waiting.entries().next().value ?? []
    if (runId === undefined || !ofRun) return undefined
    waiting.delete(runId)
    const waiter = ofRun.shift()
    if (ofRun.length > 0) waiting.set(runId, ofRun)
    return waiter
  }

  const hold = () => {
    isFull = true
    for (const ofRun of waiting.values()) for (const waiter of ofRun) waiter.tellHeld()
  }

  const ask = async () => {
    if (isAsking) {
      isWoken = true
      return
    }
    isAsking = true
    try {
      for (let next = first(); next; next = first()) {
        isWoken = false
        const ticket = await take(next.wish)
        if (!ticket) {
          hold()
          if (isWoken) continue
          break
        }
        if (ticket.delayMs > 0) {
          hold()
          await new Promise<void>((resolve) => after(ticket.delayMs, resolve))
        } else isFull = false
        const served = takeOut()
        if (served) served.serve(ticket)
        else ticket.giveBack()
      }
    } finally {
      isAsking = false
      if (waiting.size === 0) onEmpty()
    }
  }

  return {
    enter: (runId, wish, abort, onHeld) =>
      new Promise((resolve) => {
        if (abort.isAborted) return resolve(null)
        let isTold = false
        const waiter: Waiter<Wish> = {
          runId,
          wish,
          tellHeld() {
            if (isTold) return
            isTold = true
            onHeld()
          },
          serve(ticket) {
            forget()
            resolve(ticket)
          },
        }
        const forget = abort.onAbort(() => {
          remove(waiter)
          resolve(null)
        })
        const ofRun = waiting.get(runId)
        if (ofRun) ofRun.push(waiter)
        else waiting.set(runId, [waiter])
        if (isFull) waiter.tellHeld()
        void ask()
      }),
    wake: () => void ask(),
  }
}

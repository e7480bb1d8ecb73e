/**
 * Gathers what comes in and hands it over once per animation frame, so that a burst of events repaints the page once.
 * A page that is not shown gets no frames: a slow timer takes their place.
 */
export function framePump<Item>(apply: (items: Item[]) => void, schedule: Schedule = onNextFrame) {
  let gathered: Item[] = []
  let unschedule: (() => void) | null = null

  const flush = () => {
    unschedule?.()
    unschedule = null
    if (gathered.length === 0) return
    const items = gathered
    gathered = []
    apply(items)
  }
  return {
    push(items: readonly Item[]) {
      gathered.push(...items)
      unschedule ??= schedule(flush)
    },
    /** Hands over at once what was gathered. */
    flush,
    /** Forgets what was gathered. */
    drop() {
      unschedule?.()
      unschedule = null
      gathered = []
    },
  }
}

/** Calls back at the next chance to paint; the answer takes it back. */
type Schedule = (callback: () => void) => () => void

const HIDDEN_MS = 250

function onNextFrame(callback: () => void): () => void {
  let done = false
  const once = () => {
    if (done) return
    done = true
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    callback()
  }
  const frame = requestAnimationFrame(once)
  const timer = setTimeout(once, HIDDEN_MS)
  return () => {
    done = true
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}

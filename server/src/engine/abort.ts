/** An abort that many can listen to. */
export interface Abort {
  readonly isAborted: boolean
  /** Calls back once it is aborted; the answer takes the callback back. */
  onAbort(callback: () => void): () => void
}

/** An abort of one's own, which another one causes as well, until `part` is called. */
export function abortWithin(outer: Abort): Abort & { abort(): void; part(): void } {
  const callbacks = new Set<() => void>()
  let isAborted = false
  const abort = () => {
    isAborted = true
    part()
    for (const callback of callbacks) callback()
    callbacks.clear()
  }
  const part = outer.onAbort(abort)
  return {
    get isAborted() {
      return isAborted || outer.isAborted
    },
    onAbort(callback) {
      callbacks.add(callback)
      return () => callbacks.delete(callback)
    },
    abort,
    part,
  }
}

/**
 * The abort of a signal, for any number of listeners: a signal looks through all its listeners whenever one is added, which blocks the
 * process when thousands of calls run at once. It holds the signal for as long as it lives.
 */
export function abortOf(signal: AbortSignal): Abort {
  const callbacks = new Set<() => void>()
  signal.addEventListener(
    'abort',
    () => {
      for (const callback of callbacks) callback()
      callbacks.clear()
    },
    { once: true },
  )
  return {
    get isAborted() {
      return signal.aborted
    },
    onAbort(callback) {
      callbacks.add(callback)
      return () => callbacks.delete(callback)
    },
  }
}

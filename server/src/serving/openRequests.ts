// Requests under way of clients that cancel by a message of its own. Invariants:
// 1. A cancellation reaches only requests of the same client and the same session, or of none where it names none.
// 2. Without a session the numbers of several programs may be alike: where two requests bear the same one, neither is cancelled.

/** Whose request it is, and how its client calls it. */
export interface RequestName {
  client: string
  session: string | null
  id: string | number
}

export interface OpenRequest {
  /** Aborts when the request is cancelled. */
  signal: AbortSignal
  /** From now on nothing can cancel it. */
  end(): void
}

export interface OpenRequests {
  begin(name: RequestName): OpenRequest
  /** Does nothing where no such request is open: it may have ended meanwhile. */
  cancel(name: RequestName): void
}

/** No request is open yet. */
export function createOpenRequests(): OpenRequests {
  const open = new Map<string, Set<AbortController>>()
  const keyOf = ({ client, session, id }: RequestName) => JSON.stringify([client, session, id])
  return {
    begin(name) {
      const key = keyOf(name)
      const request = new AbortController()
      const alike = open.get(key) ?? new Set()
      open.set(key, alike.add(request))
      return {
        signal: request.signal,
        end() {
          alike.delete(request)
          if (alike.size === 0 && open.get(key) === alike) open.delete(key)
        },
      }
    },
    cancel(name) {
      const alike = open.get(keyOf(name)) ?? new Set()
      if (name.session === null && alike.size > 1) return
      for (const request of alike) request.abort()
    },
  }
}

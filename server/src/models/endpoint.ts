import type { ProviderWords } from './problems.ts'

/** Where a model is reached, and how it is named when something goes wrong. */
export interface Endpoint {
  words: ProviderWords
  apiKey: string
  /** The provider's own address when left out. */
  baseURL?: string
  /** In place of the network's own. */
  fetch?: typeof globalThis.fetch
  /** Sent with every request. */
  headers?: Record<string, string>
  /** A place that is not the environment's: headers that the environment wants sent to its provider are not sent there. */
  isElsewhere?: boolean
}

/**
 * Makes an official client. For a place elsewhere, the variable whose headers the client would send with every request is out of its
 * sight meanwhile; a client reads it once, when it is made.
 */
export function makeClient<Client>({ isElsewhere }: Endpoint, variable: string, make: () => Client): Client {
  const value = process.env[variable]
  if (!isElsewhere || value === undefined) return make()
  delete process.env[variable]
  try {
    return make()
  } finally {
    process.env[variable] = value
  }
}

/** An endpoint does not redirect: what is stored with it, the key above all, goes to no other place. */
export const FETCH_OPTIONS = { redirect: 'manual' } as const

/** The official clients stop waiting for headers by themselves; that must not come before the idle timer does. */
export function headersTimeout(idleMs: number): number {
  return Math.min(idleMs + 60_000, 2_147_483_647)
}

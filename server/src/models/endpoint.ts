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
}

/** An endpoint does not redirect: what is stored with it, the key above all, goes to no other place. */
export const FETCH_OPTIONS = { redirect: 'manual' } as const

/** The official clients stop waiting for headers by themselves; that must not come before the idle timer does. */
export function headersTimeout(idleMs: number): number {
  return Math.min(idleMs + 60_000, 2_147_483_647)
}

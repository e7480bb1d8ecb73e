import { createHash, randomBytes } from 'node:crypto'
import type { ApiTokenEntry, MadeApiToken } from '@volley/shared/api.ts'
import type { ApiTokenRows } from '../store/apiTokens.ts'

/** Begins every token, so that one that leaks can be found by its looks. */
const MARK = 'volley_run_'
const USED_EVERY_MS = 60_000

/** What a token lets a program do: run one flow. */
export interface Scope {
  tokenId: string
  flowId: string
}

export interface ApiTokens {
  list(): Promise<ApiTokenEntry[]>
  /** The token itself is in this answer and never again: its hash alone is kept. */
  make(given: { name: string; flowId: string }): Promise<MadeApiToken>
  /** False when there is none. */
  revoke(id: string): Promise<boolean>
  /** What a presented token may do; null for one that is not, or not any more, ours. */
  scopeOf(token: string): Promise<Scope | null>
}

/** Tokens for programs that run one flow and can do nothing else. */
export function createApiTokens(
  rows: ApiTokenRows,
  {
    now,
    id,
    secret = () => randomBytes(32).toString('base64url'),
  }: { now: () => Date; id: () => string; secret?: () => string },
): ApiTokens {
  return {
    list: () => rows.list(),
    async make({ name, flowId }) {
      const token = `${MARK}${secret()}`
      const entry = { id: id(), name, flowId, createdAt: now().toISOString(), usedAt: null }
      await rows.add({ ...entry, hash: hashOf(token) })
      return { ...entry, token }
    },
    revoke: (tokenId) => rows.delete(tokenId),
    async scopeOf(token) {
      if (!token.startsWith(MARK)) return null
      const row = await rows.byHash(hashOf(token))
      if (!row) return null
      const at = now()
      if (row.usedAt === null || at.getTime() - Date.parse(row.usedAt) > USED_EVERY_MS)
        await rows.used(row.id, at.toISOString())
      return { tokenId: row.id, flowId: row.flowId }
    },
  }
}

/** A token is 256 random bits: a plain hash of it cannot be guessed back. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

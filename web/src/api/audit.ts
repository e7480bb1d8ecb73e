import type { List } from '@volley/shared/api.ts'
import { type Answer, request } from './request.ts'

/** One thing that was done, and with what. Entries are only ever added. */
export interface AuditEntry {
  id: number
  at: string
  what: string
  detail: Record<string, unknown>
}

/** What was done, the newest first, a page at a time. */
export const listAudit = (
  page: { limit?: number; cursor?: string } = {},
  signal?: AbortSignal,
): Answer<List<AuditEntry>> => request('/audit', { query: { ...page }, ...(signal ? { signal } : {}) })

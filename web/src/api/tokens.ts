import type { ApiTokenEntry, List, MadeApiToken } from '@volley/shared/api.ts'
import { type Answer, request } from './request.ts'

export const listTokens = (signal?: AbortSignal): Answer<List<ApiTokenEntry>> =>
  request('/tokens', signal ? { signal } : {})

/** Makes a token that may run one flow. It is in this answer, and can never be read again. */
export const makeToken = (given: { name: string; flowId: string }): Answer<MadeApiToken> =>
  request('/tokens', { method: 'POST', body: given })

export const revokeToken = (id: string): Answer<null> =>
  request(`/tokens/${encodeURIComponent(id)}`, { method: 'DELETE' })

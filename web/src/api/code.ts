import type { CheckCodeAnswer } from '@volley/shared/api.ts'
import { type Answer, request } from './request.ts'

/** What keeps a source from being a code tool, with its places. It is read by the server and never executed. */
export const checkCode = (source: string, signal?: AbortSignal): Answer<CheckCodeAnswer> =>
  request('/code/check', { method: 'POST', body: { source }, ...(signal ? { signal } : {}) })

import type { ImportAnswer } from '@volley/shared/api.ts'
import { type Answer, request } from './request.ts'

/** Reads an OpenAPI or Swagger document; with `pick`, the flow has only the tools of these names. Nothing is fetched or saved. */
export const readOpenApi = (content: string, pick?: readonly string[]): Answer<ImportAnswer> =>
  request('/import', { method: 'POST', body: { content, format: 'openapi', ...(pick ? { pick } : {}) } })

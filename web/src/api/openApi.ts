import type { ImportAnswer } from '@volley/shared/api.ts'
import { type Answer, request } from './request.ts'

/** An operation of an OpenAPI document. `tool` is null where no tool can be made of it. */
export interface Operation {
  tool: string | null
  method: string
  path: string
  operationId: string | null
  tags: string[]
  summary: string
  deprecated?: boolean
}

/** A secret that the tools name: what belongs there, in a sentence. */
export interface NeededSecret {
  name: string
  message: string
}

/** An OpenAPI document, read: its tools, all its operations, and the secrets to fill in. */
export type OpenApiAnswer = ImportAnswer & { operations?: Operation[]; secrets?: NeededSecret[] }

/** Reads an OpenAPI or Swagger document; with `pick`, the flow has only the tools of these names. Nothing is fetched or saved. */
export const readOpenApi = (content: string, pick?: readonly string[]): Answer<OpenApiAnswer> =>
  request('/import', { method: 'POST', body: { content, format: 'openapi', ...(pick ? { pick } : {}) } })

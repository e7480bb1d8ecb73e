import type { ConnectionEntry, ConnectionTest, HiddenValues, List, ModelKind } from '@volley/shared/api.ts'
import { type Answer, request } from './request.ts'

/** What is stored under a connection's name. A key or value of null, or a key left out, means the one that is stored. */
export type ConnectionContent =
  | { kind: ModelKind; baseUrl?: string; apiKey?: string | null }
  | { kind: 'mcp'; url: string; headers?: HiddenValues }
  | { kind: 'mcp'; command: string; args?: string[]; env?: HiddenValues; cwd?: string }

/** What can be a connection's name. */
export const CONNECTION_NAME = /^[a-zA-Z0-9_-]{1,64}$/

export const listConnections = (signal?: AbortSignal): Answer<List<ConnectionEntry>> =>
  request('/connections', signal ? { signal } : {})

export const putConnection = (name: string, content: ConnectionContent): Answer<ConnectionEntry> =>
  request(at(name), { method: 'PUT', body: content })

export const deleteConnection = (name: string): Answer<null> => request(at(name), { method: 'DELETE' })

/** Allows exactly the command that has this hash; refused when it was changed since it was looked at. */
export const approveConnection = (name: string, hash: string): Answer<ConnectionEntry> =>
  request(at(name, 'approve'), { method: 'POST', body: { hash } })

export const testConnection = (name: string): Answer<ConnectionTest> =>
  request(at(name, 'test'), { method: 'POST', body: {} })

/** The models that a model connection's server says it has. */
export const listModels = (name: string, signal?: AbortSignal): Answer<{ models: string[] }> =>
  request(at(name, 'models'), signal ? { signal } : {})

/** The tools of an MCP server, as it lists them. */
export const listTools = (name: string, signal?: AbortSignal): Answer<{ tools: unknown[] }> =>
  request(at(name, 'tools'), signal ? { signal } : {})

const at = (name: string, ...rest: string[]) => ['/connections', encodeURIComponent(name), ...rest].join('/')

import type { Agent, Edge, Parallelism, Tool } from './flow.ts'

// What left-out parts of a flow mean (contract 2). The document itself stays as its author wrote it.

export const DEFAULT_LIMITS = {
  turns: 10,
  calls: 200,
  callsPerTurn: 128,
  concurrency: 32,
  timeoutMs: 600_000,
  idleMs: 60_000,
}
export type Limits = typeof DEFAULT_LIMITS

export const DEFAULT_POLICY = {
  timeoutMs: 30_000,
  cache: 'off',
  approval: 'never',
  maxResultChars: 20_000,
} as const

/** The defaults of the Model Context Protocol's tool annotations (specification 2025-06-18, ToolAnnotations), but for openWorldHint. */
export const DEFAULT_ANNOTATIONS = { readOnlyHint: false, idempotentHint: false, destructiveHint: true }

export interface Policy {
  timeoutMs: number
  retries: number
  concurrency: number
  /** So many calls may begin in any `perMs` milliseconds. */
  rate?: { limit: number; perMs: number }
  exclusive: string | undefined
  cache: 'off' | 'run'
  approval: 'never' | 'always'
  maxResultChars: number
}

export function limitsOf(agent: Agent): Limits {
  return { ...DEFAULT_LIMITS, ...agent.limits }
}

export function parallelismOf(agent: Agent): Parallelism {
  return agent.parallelism ?? 'graph'
}

/** Whether repeating a call does no harm, so that it may be retried, started early and executed again after a crash. */
export function isRepeatable(tool: Pick<Tool, 'annotations'>): boolean {
  return tool.annotations?.readOnlyHint === true || tool.annotations?.idempotentHint === true
}

/** The policy in force. Only repeatable tools are ever tried again, whatever the document says (contract 3, "Failure"). */
export function policyOf(tool: Tool): Policy {
  const { retries = 2, concurrency = Number.POSITIVE_INFINITY, exclusive, ...rest } = tool.policy ?? {}
  return { ...DEFAULT_POLICY, ...rest, retries: isRepeatable(tool) ? retries : 0, concurrency, exclusive }
}

export function onFailureOf(edge: Edge): 'skip' | 'continue' {
  return edge.onFailure ?? 'skip'
}

import type { RunStarted } from '@volley/shared/api.ts'
import type { Agent, Tool } from '@volley/shared/flow/flow.ts'
import type { CallState } from '@volley/shared/run/state.ts'
import { type Answer, request } from './request.ts'

interface Body {
  text: string
  bytes: number
}

/** What went over the wire for a call, its secrets hidden. */
export interface Exchange {
  request: { method: string; url: string; headers: Record<string, string>; body?: Body }
  answer?: { status: number; headers: Record<string, string>; body: Body }
}

/** A call of a tool that was tried alone. */
export type TriedCall = CallState & { exchange?: Exchange }

/** Starts a run of one call of one tool, without a model and without an approval: who tries it has approved it. */
export const tryTool = (tool: Tool, given: Record<string, unknown>, agent: Agent): Answer<RunStarted> =>
  request('/tools/try', { method: 'POST', body: { tool, arguments: given, flow: { agent } } })

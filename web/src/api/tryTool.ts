import type { RunStarted } from '@volley/shared/api.ts'
import type { Agent, Tool } from '@volley/shared/flow/flow.ts'
import { type Answer, request } from './request.ts'

/** Starts a run of one call of one tool, without a model and without an approval: who tries it has approved it. */
export const tryTool = (tool: Tool, given: Record<string, unknown>, agent: Agent): Answer<RunStarted> =>
  request('/tools/try', { method: 'POST', body: { tool, arguments: given, flow: { agent } } })

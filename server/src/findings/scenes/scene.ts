import type { Edge, Flow, Tool } from '@volley/shared/flow/flow.ts'
import type { FindingCode } from '@volley/shared/trace/findings/finding.ts'
import type { ToolActs } from '../../testing/runWith.ts'
import { aFlow, aTool } from '../../testing/runWith.ts'
import type { ScriptedCall, ScriptedTurn } from '../../testing/scriptedModel.ts'

/** A run and what a reader of its trace would say of it: all findings there should be, and no others. */
export interface LabelledScene {
  name: string
  flow: Flow
  input?: string
  turns: ScriptedTurn[]
  tools: ToolActs
  /** Approvals given, at times of the clock. */
  approve?: { at: number; call: number }[]
  finds: FindingCode[]
}

export const reads = (name: string, more: Partial<Tool> = {}): Tool =>
  aTool(name, { annotations: { readOnlyHint: true, destructiveHint: false }, ...more })
export const writes = (name: string, more: Partial<Tool> = {}): Tool =>
  aTool(name, { annotations: { readOnlyHint: false, destructiveHint: true }, ...more })

export const flowOf = (tools: Tool[], edges: Edge[] = [], agent: Partial<Flow['agent']> = {}) =>
  aFlow(tools, edges, agent)

/** Every call takes the model 80 ms, the first one 200 ms more. */
export const message = (...calls: ScriptedCall[]): ScriptedTurn => ({
  calls: calls.map((call, at) => ({ afterMs: at === 0 ? 280 : 80, ...call })),
})
export const call = (tool: string, args: unknown = {}): ScriptedCall => ({ tool, arguments: args })
export const answer = (text: string): ScriptedTurn => ({ text, holdMs: 300 })

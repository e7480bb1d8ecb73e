import type { Flow, Tool } from '@volley/shared/flow/flow.ts'
import { depthsOf } from '../actions/layout.ts'

/** Tools whose calls can go together, by how many others must go before them. */
export interface Step {
  /** From 1. */
  step: number
  tools: Tool[]
}

/** The tools in the order of their edges: those that wait for none first, each step in the order of the document. */
export function stepsOf(flow: Pick<Flow, 'tools' | 'edges'>): Step[] {
  const depths = depthsOf(flow)
  const byDepth = Map.groupBy(flow.tools, (tool) => depths.get(tool.name) ?? 0)
  return [...byDepth].sort(([one], [other]) => one - other).map(([, tools], index) => ({ step: index + 1, tools }))
}

/** The tool before or after another within its step: the one to change places with. Null at the step's ends. */
export function neighbourOf(steps: readonly Step[], name: string, by: -1 | 1): string | null {
  for (const { tools } of steps) {
    const at = tools.findIndex((tool) => tool.name === name)
    if (at >= 0) return tools[at + by]?.name ?? null
  }
  return null
}

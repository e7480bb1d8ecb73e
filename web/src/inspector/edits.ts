import type { Edited } from '@volley/shared/flow/edit.ts'
import { setAgent, updateTool } from '@volley/shared/flow/edit.ts'
import type { Agent, Flow, Tool } from '@volley/shared/flow/flow.ts'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'

/** Makes an edit that may be refused. Answers with the reason, or null when it was done. */
export function tryChange(name: string, edit: (flow: Flow) => Edited, key?: string): string | null {
  const edited = edit(currentFlow())
  if (!edited.ok) return edited.error
  useFlowStore.getState().change(name, () => edited.value, key)
  return null
}

/** Changes a tool; changes with the same key that follow each other are one step. */
export function changeTool(name: string, what: string, edit: (tool: Tool) => Tool) {
  useFlowStore.getState().change(`Change ${what} of ${name}`, (flow) => updateTool(flow, name, edit), `${name}:${what}`)
}

/** Changes the agent; changes of the same part that follow each other are one step. */
export function changeAgent(what: string, change: { [Key in keyof Agent]?: Agent[Key] | undefined }) {
  useFlowStore.getState().change(`Change ${what}`, (flow) => setAgent(flow, change), `agent:${what}`)
}

/** Ends a growing step: what is typed after this is undone on its own. */
export const sealChange = () => useFlowStore.getState().seal()

/** An object with one entry set, or taken out when it is undefined. */
export function withEntry<Shape extends object, Key extends keyof Shape>(
  object: Shape,
  key: Key,
  value: Shape[Key] | undefined,
): Shape {
  const { [key]: _gone, ...rest } = object
  return (value === undefined ? rest : { ...rest, [key]: value }) as Shape
}

import type { ToolView } from './modelView.ts'

// How each provider's protocol writes a tool. Requests are built with these, and what the page shows of a request is these.

/** The protocols that tools are offered in, in the order they are shown. */
export const TOOL_FORMS = ['openai', 'openai-chat', 'anthropic'] as const
export type ToolForm = (typeof TOOL_FORMS)[number]

/** Responses takes a tool for strict unless told otherwise, and then refuses schemas with optional parameters. */
export const responsesTool = (tool: ToolView) => ({ type: 'function' as const, ...tool, strict: false })

export const chatTool = ({ name, description, parameters }: ToolView) => ({
  type: 'function' as const,
  function: { name, description, parameters },
})

export const anthropicTool = ({ name, description, parameters }: ToolView) => ({
  name,
  description,
  input_schema: { ...parameters, type: 'object' as const },
})

/** A tool as a request of this protocol holds it. */
export function toolInForm(form: ToolForm, tool: ToolView): Record<string, unknown> {
  if (form === 'openai') return responsesTool(tool)
  return form === 'openai-chat' ? chatTool(tool) : anthropicTool(tool)
}

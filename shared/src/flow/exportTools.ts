import type { ExportFormat } from '../api.ts'
import { assertNever } from '../lib/result.ts'
import type { Flow, Tool } from './flow.ts'

type ToolArray = Record<string, unknown>[]

/**
 * The document itself, or its tools as another format's tool array (contract 5). A document holds placeholders where secrets go, so no
 * export can hold a secret's value.
 */
export function exportFlow(flow: Flow, format: ExportFormat): Flow | ToolArray {
  switch (format) {
    case 'volley':
      return flow
    case 'openai':
      return flow.tools.map(openaiTool)
    case 'openai-chat':
      return flow.tools.map(({ name, description, parameters }) => ({
        type: 'function',
        function: { name, ...described(description), parameters },
      }))
    case 'anthropic':
      return flow.tools.map(({ name, description, parameters }) => ({
        name,
        ...described(description),
        input_schema: parameters,
      }))
    case 'mcp':
      return flow.tools.map(mcpTool)
    default:
      return assertNever(format)
  }
}

/** Responses takes a tool for strict unless told otherwise, and then refuses schemas with optional parameters. */
function openaiTool({ name, description, parameters }: Tool) {
  return { type: 'function', name, ...described(description), parameters, strict: false }
}

function mcpTool({ name, description, parameters, annotations }: Tool) {
  return {
    name,
    ...(annotations?.title === undefined ? {} : { title: annotations.title }),
    ...described(description),
    inputSchema: parameters,
    ...(annotations === undefined ? {} : { annotations }),
  }
}

const described = (description: string | undefined) => (description === undefined ? {} : { description })

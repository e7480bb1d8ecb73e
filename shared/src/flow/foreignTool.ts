import type { ExportFormat } from '../api.ts'
import { isObject } from '../lib/json.ts'
import type { Annotations } from './flow.ts'

type ToolFormat = Exclude<ExportFormat, 'volley'>

/** What other formats say of a tool. */
export interface ForeignTool {
  name: string
  description?: string
  parameters: Record<string, unknown>
  /** Whether it came with a schema; else its parameters are empty. */
  hasSchema: boolean
  annotations?: Annotations
}

/** Which format an entry of a tool array has; null when it is no function that a client could run. */
export function formatOfTool(value: unknown): ToolFormat | null {
  if (!isObject(value)) return null
  if (value.type === 'function' && isObject(value.function)) return 'openai-chat'
  if (typeof value.name !== 'string') return null
  if (value.input_schema !== undefined) return 'anthropic'
  if (value.inputSchema !== undefined) return 'mcp'
  if (value.type === 'function') return 'openai'
  return value.type === undefined && (isObject(value.parameters) || typeof value.description === 'string')
    ? 'openai'
    : null
}

/** Whether a value is surely a tool: a function with a schema. */
export function hasSchema(value: unknown): boolean {
  return readTool(value)?.hasSchema === true
}

/** Reads an entry of a tool array in the form it has; null when it is no tool. */
export function readTool(value: unknown): ForeignTool | null {
  const format = formatOfTool(value)
  if (!isObject(value) || format === null) return null
  switch (format) {
    case 'openai-chat':
      return isObject(value.function) ? foreign(value.function, value.function.parameters) : null
    case 'openai':
      return foreign(value, value.parameters)
    case 'anthropic':
      return foreign(value, value.input_schema)
    case 'mcp': {
      const tool = foreign(value, value.inputSchema)
      const annotations = annotationsOf(value)
      return tool && annotations ? { ...tool, annotations } : tool
    }
  }
}

function foreign(value: Record<string, unknown>, schema: unknown): ForeignTool {
  return {
    name: typeof value.name === 'string' ? value.name : '',
    ...(typeof value.description === 'string' ? { description: value.description } : {}),
    // Parameters are an object's even where the schema does not say so; all else of it is kept as it came.
    parameters: isObject(schema)
      ? schema.type === undefined
        ? { type: 'object', ...schema }
        : schema
      : { type: 'object', properties: {} },
    hasSchema: isObject(schema),
  }
}

const HINTS = ['readOnlyHint', 'idempotentHint', 'destructiveHint', 'openWorldHint'] as const

function annotationsOf({ title, annotations }: Record<string, unknown>): Annotations | undefined {
  const given = isObject(annotations) ? annotations : {}
  const found: Annotations = {}
  const name = typeof given.title === 'string' ? given.title : title
  if (typeof name === 'string') found.title = name
  for (const hint of HINTS) if (typeof given[hint] === 'boolean') found[hint] = given[hint]
  return Object.keys(found).length > 0 ? found : undefined
}

import type { StartBatch } from '@volley/shared/api.ts'
import type { Tool } from '@volley/shared/flow/flow.ts'
import { isObject } from '@volley/shared/lib/json.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'

// Calls that are written by hand: as they are typed, and as they are sent. Pure.

export interface HandCall {
  id: number
  tool: string
  /** JSON, as it is typed. */
  arguments: string
}

/** What a call begins with: the tool's required arguments, empty. */
export function argumentsFor(tool: Tool): string {
  const { properties, required } = tool.parameters as { properties?: unknown; required?: unknown }
  const names = Array.isArray(required) ? required.filter((name) => typeof name === 'string') : []
  const schemas = isObject(properties) ? properties : {}
  const given = Object.fromEntries(names.map((name) => [name, emptyOf(schemas[name])]))
  return JSON.stringify(given, null, 1).replace(/\n\s*/g, ' ')
}

function emptyOf(schema: unknown): unknown {
  if (!isObject(schema)) return ''
  if ('default' in schema) return schema.default
  if (Array.isArray(schema.enum)) return schema.enum[0]
  const byType: Record<string, unknown> = { number: 0, integer: 0, boolean: false, array: [], object: {}, null: null }
  return typeof schema.type === 'string' && schema.type in byType ? byType[schema.type] : ''
}

/** The calls in their order; or which one cannot be sent, and why. What breaks a schema is the run's to say. */
export function batchOf(calls: readonly HandCall[]): Result<StartBatch['calls'], { call: number; message: string }> {
  const batch: StartBatch['calls'] = []
  for (const [at, { tool, arguments: text }] of calls.entries()) {
    const given = readObject(text)
    if (given === null)
      return err({ call: at + 1, message: `The arguments of call ${at + 1} are no JSON object: { "name": "value" }.` })
    batch.push({ tool, arguments: given })
  }
  return ok(batch)
}

function readObject(text: string): Record<string, unknown> | null {
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

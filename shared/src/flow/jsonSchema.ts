import { z } from 'zod'
import { flowSchema } from './flow.ts'

/** The part of JSON Schema that the flow document's own schema uses. */
export interface SchemaNode {
  type?: string
  const?: unknown
  enum?: unknown[]
  properties?: Record<string, SchemaNode>
  additionalProperties?: SchemaNode | false
  items?: SchemaNode
  oneOf?: SchemaNode[]
  $ref?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  pattern?: string
}

let made: SchemaNode | undefined

/** The JSON Schema (2020-12) of the flow document, made from the schema that reads it. */
export function flowJsonSchema(): SchemaNode {
  made ??= z.toJSONSchema(flowSchema, { io: 'input' }) as SchemaNode
  return made
}

import type { NeededSecret } from '@volley/shared/api.ts'
import { type FlowDocument, HTTP_METHODS } from '@volley/shared/flow/flow.ts'
import { type Json, jsonPointer } from '@volley/shared/lib/json.ts'
import type { Operation } from './operations.ts'
import type { Schemas } from './schemas.ts'
import { credentialsOf } from './security.ts'
import { serverOf } from './servers.ts'
import type { Source } from './source.ts'
import { argumentsOf, type ToolArguments } from './toolArguments.ts'

type ToolDocument = NonNullable<FlowDocument['tools']>[number]

const MOST_DESCRIPTION = 4000

/** The http tool that calls an operation, and the secrets it names; null, and a problem, where http tools cannot. */
export function httpTool(
  operation: Operation,
  name: string,
  source: Source,
  schemas: Schemas,
): { tool: ToolDocument; secrets: NeededSecret[] } | null {
  const method = HTTP_METHODS.find((one) => one === operation.method.toUpperCase())
  if (!method) {
    source.problem(
      operation.at,
      `${operation.method.toUpperCase()} cannot be called by an http tool: the operation was left out.`,
    )
    return null
  }
  const given = argumentsOf(operation, source, schemas)
  const parameters = parametersOf(given, schemas)
  if (parameters === null) {
    source.problem(operation.at, 'No tool can be made of this operation: its schemas need more than 1000 others.')
    return null
  }
  const credentials = credentialsOf(source, operation.place)
  const headers = { ...given.headers, ...credentials.headers }
  const query = [...given.query, ...credentials.query].map(([key, value]) => `${encodeURIComponent(key)}=${value}`)
  const path = pathOf(operation, given, source)
  const mark = path.includes('?') ? '&' : '?'
  const annotations = ANNOTATIONS[method]
  return {
    tool: {
      name,
      ...described(operation),
      parameters,
      run: {
        kind: 'http',
        method,
        url: `${serverOf(source, operation)}${path}${query.length > 0 ? mark : ''}${query.join('&')}`,
        ...(Object.keys(headers).length > 0 ? { headers } : {}),
        ...(given.body === undefined ? {} : { body: given.body as string }),
      },
      ...(annotations ? { annotations } : {}),
    },
    secrets: credentials.secrets,
  }
}

const ANNOTATIONS: Partial<Record<string, NonNullable<ToolDocument['annotations']>>> = {
  GET: { readOnlyHint: true },
  HEAD: { readOnlyHint: true },
  PUT: { idempotentHint: true },
  DELETE: { idempotentHint: true, destructiveHint: true },
}

function described({ summary, description }: Operation): { description?: string } {
  const parts = [summary.trim(), description.trim()].filter((part) => part !== '')
  const text = parts[1]?.startsWith(parts[0] ?? '') ? parts[1] : parts.join('\n\n')
  return text === '' ? {} : { description: text.slice(0, MOST_DESCRIPTION) }
}

function parametersOf(given: ToolArguments, schemas: Schemas): ToolDocument['parameters'] | null {
  const schema: ToolDocument['parameters'] = {
    type: 'object',
    properties: Object.fromEntries(given.all.map(({ name, schema }) => [name, schema as Json])),
    required: given.all.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: (given.additional ?? false) as Json,
  }
  const definitions = schemas.definitionsFor(schema)
  if (definitions === null) return null
  return Object.keys(definitions).length > 0 ? { ...schema, $defs: definitions as Json } : schema
}

/** The path with a placeholder for each of its parameters. One that no parameter describes was given a parameter of its own. */
function pathOf({ path }: Operation, { inPath }: ToolArguments, source: Source): string {
  if (path.includes('#'))
    source.problem(jsonPointer(['paths', path]), 'A "#" ends an address: what follows it is never sent.')
  return path
    .split(/(\{[^{}]+\})/)
    .map((part) => {
      const name = /^\{([^{}]+)\}$/.exec(part)?.[1]
      return name === undefined ? part.replace(/[{}]/g, encodeURIComponent) : `{{${inPath.get(name) ?? name}}}`
    })
    .join('')
}

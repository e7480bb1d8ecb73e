import type { ImportAnswer, ImportedOperation, NeededSecret } from '@volley/shared/api.ts'
import type { CheckSchema } from '@volley/shared/flow/check.ts'
import { FLOW_FORMAT, type FlowDocument, TOOL_NAME } from '@volley/shared/flow/flow.ts'
import { layoutOf } from '@volley/shared/flow/importTools.ts'
import { createNames } from '@volley/shared/flow/names.ts'
import { isObject } from '@volley/shared/lib/json.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import { whatItIs } from '@volley/shared/lib/words.ts'
import { httpTool } from './httpTool.ts'
import { type Operation, operationsOf } from './operations.ts'
import { parseText } from './parseText.ts'
import { createSchemas } from './schemas.ts'
import { below, createSource, type Source, textAt, type Version } from './source.ts'

export interface OpenApiOptions {
  checkSchema: CheckSchema
  /** Names of the tools to take; all without it. */
  pick?: readonly string[] | undefined
}

/**
 * Makes http tools of the operations of an OpenAPI 3 or Swagger 2 document, JSON or YAML. Nothing is fetched. Problems have pointers into
 * the document; what they befall is left out or told, and the rest is read.
 */
export function readOpenApi(content: string, { checkSchema, pick }: OpenApiOptions): ImportAnswer {
  const parsed = parseText(content)
  if (!parsed.ok) return { format: 'openapi', flow: null, problems: parsed.error }
  const version = versionOf(parsed.value)
  if (!version.ok) return { format: 'openapi', flow: null, problems: [version.error] }

  const source = createSource(parsed.value, version.value)
  const operations = operationsOf(source)
  if (operations.length === 0)
    source.problem('/paths', 'The document holds no operation: there is nothing to make tools of.')
  const names = namesOf(operations, source)
  const wanted = pick && new Set(pick)
  for (const name of wanted ?? [])
    if (!names.includes(name)) source.problem('', `No operation has the tool name "${name}": pick among those listed.`)
  const { tools, secrets, without } = toolsOf(operations, names, { source, checkSchema, wanted })
  return {
    format: 'openapi',
    flow: flowOf(source, tools),
    problems: source.problems(),
    operations: operations.map((operation, index) =>
      listed(operation, without.has(index) ? null : (names[index] ?? null)),
    ),
    secrets,
  }
}

function versionOf(root: unknown): Result<Version, { pointer: string; message: string }> {
  const fault = (pointer: string, message: string) => err({ pointer, message })
  if (!isObject(root)) return fault('', `An OpenAPI document is an object, but this is ${whatItIs(root)}.`)
  if (root.openapi === undefined && root.swagger === undefined)
    return fault('', 'This is no OpenAPI document: it has neither "openapi" nor "swagger" with a version.')
  if (root.openapi === undefined)
    return String(root.swagger).startsWith('2')
      ? ok('2.0')
      : fault('/swagger', `Swagger ${whatItIs(root.swagger)} cannot be read: convert the document to OpenAPI 3.`)
  const version = String(root.openapi)
  if (version.startsWith('3.0')) return ok('3.0')
  return /^3\.\d/.test(version)
    ? ok('3.1')
    : fault('/openapi', `OpenAPI ${whatItIs(root.openapi)} cannot be read: versions 3.0 and 3.1 can, and Swagger 2.0.`)
}

/** A tool name for each operation, the same whatever is picked. */
function namesOf(operations: readonly Operation[], source: Source): string[] {
  const names = createNames()
  return operations.map(({ operationId, method, path, at }) => {
    const name = names.take(
      operationId ?? `${method}_${path.replace(/[^a-zA-Z0-9]+/g, '_').replace(/^_+|_+$/g, '') || 'root'}`,
    )
    if (operationId !== null && name !== operationId) {
      const why = TOOL_NAME.test(operationId) ? 'the name is taken' : 'names are 1 to 64 letters, digits, "_" or "-"'
      source.problem(`${at}/operationId`, `"${operationId.slice(0, 100)}" is called "${name}" now: ${why}.`)
    }
    return name
  })
}

/** The tools of a flow together, and all that was looked at for them: beyond that a flow could not be saved anyway. */
const MOST_CHARACTERS = 4_500_000
const MOST_LOOKED_AT = 12_000_000

interface Tools {
  tools: NonNullable<FlowDocument['tools']>
  secrets: NeededSecret[]
  /** Operations of which no tool can be made, by their index. */
  without: Set<number>
}

function toolsOf(
  operations: readonly Operation[],
  names: readonly string[],
  {
    source,
    checkSchema,
    wanted,
  }: { source: Source; checkSchema: CheckSchema; wanted: ReadonlySet<string> | undefined },
): Tools {
  const schemas = createSchemas(source)
  const secrets = new Map<string, NeededSecret>()
  const result: Tools = { tools: [], secrets: [], without: new Set() }
  let characters = 0
  let lookedAt = 0
  for (const [index, operation] of operations.entries()) {
    const name = names[index] as string
    if (wanted && !wanted.has(name)) continue
    const made = httpTool(operation, name, source, schemas)
    if (!made) {
      result.without.add(index)
      continue
    }
    const length = JSON.stringify(made.tool).length
    lookedAt += length
    if (characters + length > MOST_CHARACTERS || lookedAt > MOST_LOOKED_AT) {
      source.problem(
        operation.at,
        'With this operation and those after it the flow would be larger than 5 MB: pick those you need.',
      )
      break
    }
    const [fault] = checkSchema(made.tool.parameters)
    if (fault) {
      source.problem(
        operation.at,
        `No tool can be made of this operation. Its parameters${fault.pointer === '' ? '' : ` at ${fault.pointer}`}: ${fault.message}`,
      )
      result.without.add(index)
      continue
    }
    characters += length
    result.tools.push(made.tool)
    for (const secret of made.secrets) secrets.set(secret.name, secret)
  }
  result.secrets = [...secrets.values()]
  return result
}

function flowOf(source: Source, tools: Tools['tools']): FlowDocument {
  const title = (textAt(below(below(source.root, 'info'), 'title')) ?? '').trim().slice(0, 200)
  return {
    format: FLOW_FORMAT,
    name: title === '' ? 'Imported operations' : title,
    agent: { provider: 'simulated', model: 'simulated-1', system: '' },
    tools,
    layout: layoutOf(tools.map(({ name }) => name)),
  }
}

function listed(
  { method, path, operationId, tags, summary, deprecated }: Operation,
  tool: string | null,
): ImportedOperation {
  return { tool, method, path, operationId, tags, summary, deprecated }
}

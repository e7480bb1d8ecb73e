import type { ImportAnswer, ImportFormat } from '../api.ts'
import { isObject } from '../lib/json.ts'
import { listOr } from '../lib/words.ts'
import { type CheckSchema, RESERVED_NAMES } from './check.ts'
import { FLOW_FORMAT, type Flow, type FlowDocument, flowSchema } from './flow.ts'
import { type ForeignTool, formatOfTool, hasSchema, readTool } from './foreignTool.ts'
import { createNames } from './names.ts'
import { parseDocumentText, parseFlow } from './parse.ts'
import type { Problem } from './problem.ts'

export interface ImportOptions {
  /** What the content is said to be; among tool arrays the form is found out in any case. */
  format?: ImportFormat | undefined
  checkSchema: CheckSchema
  /** Reads OpenAPI and Swagger documents, JSON or YAML. Passed in: shared code has no YAML library. */
  readOpenApi: (content: string) => ImportAnswer
}

/**
 * Makes a flow of a Volley document, an OpenAPI or Swagger document, or a tool array of OpenAI (both forms), Anthropic or the Model
 * Context Protocol. Nothing is run, fetched or saved, and each entry is read in the form it has. Problems of Volley and OpenAPI
 * documents have pointers into the content, all others into the flow that came out.
 */
export function importDocument(content: string, { format, checkSchema, readOpenApi }: ImportOptions): ImportAnswer {
  if (format === 'openapi' || looksLikeOpenApi(content)) return readOpenApi(content)
  const json = parseDocumentText(content)
  if (!json.ok) return { format: format ?? 'volley', flow: null, problems: json.error.problems }
  const value = json.value
  if (isObject(value) && (value.openapi !== undefined || value.swagger !== undefined)) return readOpenApi(content)

  if (format === 'volley' || (format === undefined && isVolley(value))) {
    const parsed = parseFlow(value, { checkSchema })
    return parsed.ok
      ? { format: 'volley', flow: parsed.value, problems: [] }
      : { format: 'volley', flow: repairable(value), problems: parsed.error }
  }
  const found = toolsIn(value)
  const foundFormat = found?.tools.map(formatOfTool).find((one) => one !== null)
  if (!found || !foundFormat) return nothing(format ?? 'volley', NOT_RECOGNISED)
  return importTools(found, foundFormat, checkSchema)
}

/** A document that has its right shape can be opened with its problems and repaired, when each tool is known by its name. */
function repairable(value: unknown): Flow | null {
  const shape = flowSchema.safeParse(value)
  if (!shape.success) return null
  const names = new Set(shape.data.tools.map((tool) => tool.name))
  return names.size === shape.data.tools.length && !RESERVED_NAMES.some((name) => names.has(name)) ? shape.data : null
}

const NOT_RECOGNISED =
  'This is no Volley document, no OpenAPI document and no tool array of OpenAI, Anthropic or MCP: a tool array is a list of objects with a name and a schema of parameters.'

interface FoundTools {
  /** What the tools come from, where it says so. */
  title: string | null
  tools: unknown[]
}

function nothing(format: ImportFormat, message: string): ImportAnswer {
  return { format, flow: null, problems: [{ pointer: '', message }] }
}

function looksLikeOpenApi(content: string): boolean {
  return (
    /^\s*(\{\s*)?["']?(openapi|swagger)["']?\s*:\s*["']?[23]/.test(content.slice(0, 2000)) ||
    /^["']?(openapi|swagger)["']?:/m.test(content)
  )
}

function isVolley(value: unknown): boolean {
  return (
    isObject(value) && (typeof value.format === 'string' ? value.format.startsWith('volley.') : isObject(value.agent))
  )
}

/** A list of tools, bare or as providers and servers wrap it: `{ tools }`, `{ result: { tools } }`, or one tool alone. */
function toolsIn(value: unknown): FoundTools | null {
  if (Array.isArray(value)) return { title: null, tools: value }
  if (!isObject(value)) return null
  const server = isObject(value.serverInfo) && typeof value.serverInfo.name === 'string' ? value.serverInfo.name : null
  const inner = isObject(value.result) ? value.result : value
  if (Array.isArray(inner.tools)) return { title: server, tools: inner.tools }
  return hasSchema(value) ? { title: null, tools: [value] } : null
}

function importTools({ title, tools }: FoundTools, format: ImportFormat, checkSchema: CheckSchema): ImportAnswer {
  const problems: Problem[] = []
  const names = createNames()
  const taken: FlowDocument['tools'] = []
  for (const [index, value] of tools.entries()) {
    const tool = readTool(value)
    if (!tool) {
      problems.push({ pointer: '', message: leftOut(value, index) })
      continue
    }
    const name = names.take(tool.name)
    const pointer = `/tools/${taken.length}`
    if (name !== tool.name) problems.push({ pointer: `${pointer}/name`, message: renamed(tool.name, name) })
    if (!tool.hasSchema)
      problems.push({
        pointer: `${pointer}/parameters`,
        message: `"${name}" came without a schema of parameters: it takes none now. Add those it needs.`,
      })
    taken.push(documentOf(tool, name))
  }
  if (taken.length === 0)
    return {
      format,
      flow: null,
      problems: problems.length > 0 ? problems : nothing(format, 'The list holds no tool: add one.').problems,
    }

  const flow: FlowDocument = {
    format: FLOW_FORMAT,
    name: title === null ? 'Imported tools' : `Tools of ${title}`.slice(0, 200),
    agent: { provider: 'simulated', model: 'simulated-1', system: '' },
    tools: taken,
    layout: layoutOf(taken.map(({ name }) => name)),
  }
  const parsed = parseFlow(flow, { checkSchema })
  return { format, flow: parsed.ok ? parsed.value : flow, problems: [...problems, ...(parsed.ok ? [] : parsed.error)] }
}

/** An import brings what a tool is, not what it does: until someone says how it runs, it answers that it is a mock. */
function documentOf(
  { description, parameters, annotations }: ForeignTool,
  name: string,
): NonNullable<FlowDocument['tools']>[number] {
  const result = `This is a mock: "${name}" was imported without a way to run, so nothing was done. Choose how it runs to get real results.`
  return {
    name,
    ...(description === undefined ? {} : { description }),
    parameters: parameters as Record<string, never>,
    run: { kind: 'mock', result, latencyMs: 300 },
    ...(annotations === undefined ? {} : { annotations }),
  }
}

function leftOut(value: unknown, index: number): string {
  const type = isObject(value) && typeof value.type === 'string' ? value.type : null
  const known = ['function', 'custom', 'object']
  return type !== null && !known.includes(type)
    ? `Entry ${index + 1} was left out: a tool of type "${type}" runs at its provider and has no schema to import.`
    : `Entry ${index + 1} was left out: it is no tool with a name and a schema of parameters, in any form of ${listOr(['openai', 'openai-chat', 'anthropic', 'mcp'])}.`
}

function renamed(from: string, to: string): string {
  return from === ''
    ? `A tool without a name is called "${to}" now.`
    : `"${from.slice(0, 100)}" is called "${to}" now: names are 1 to 64 letters, digits, "_" or "-", and each is used once.`
}

const ROWS = 6

/** Places for an imported flow: the agent on the left, the tools in columns of six beside it. */
export function layoutOf(names: readonly string[]): Record<string, { x: number; y: number }> {
  const places = names.map((name, index) => {
    const column = Math.floor(index / ROWS)
    const inColumn = Math.min(ROWS, names.length - column * ROWS)
    return [name, { x: 320 * (column + 1), y: 150 * (index % ROWS) - 75 * (inColumn - 1) }] as const
  })
  return Object.fromEntries([['agent', { x: 0, y: 0 }], ...places])
}

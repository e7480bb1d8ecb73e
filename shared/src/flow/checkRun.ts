import { closest } from '../lib/closest.ts'
import { CONNECTION_HEADERS, HEADER_NAME } from '../lib/httpHeaders.ts'
import { selectFault } from '../lib/jmespath.ts'
import { isObject, jsonPointer } from '../lib/json.ts'
import { placeholderFault, placeholdersIn } from '../lib/template.ts'
import type { DraftTool } from './draft.ts'
import type { RunKind } from './flow.ts'
import type { Problem } from './problem.ts'

/** Checks how a tool runs, beyond the shape: templates, addresses, expressions. A new kind adds its check to this table. */
export function checkRun(tool: DraftTool, run: Record<string, unknown>): Problem[] {
  const kind = typeof run.kind === 'string' && Object.hasOwn(CHECKS, run.kind) ? (run.kind as RunKind) : null
  return kind ? CHECKS[kind](tool, run) : []
}

/** Faults of a text with placeholders: unclosed braces, and names that no argument of the tool can have. */
export function placeholderProblems(tool: DraftTool, at: readonly (string | number)[], text: string): Problem[] {
  const pointer = jsonPointer([...tool.path, ...at])
  const fault = placeholderFault(text)
  if (fault) return [{ pointer, message: `${where(tool, at)} ${fault}: write {{name}}, or correct the braces.` }]
  if (!tool.closed) return []
  return [...new Set(placeholdersIn(text))]
    .filter((name) => !isSecret(name) && !tool.names.includes(name))
    .map((name) => {
      const meant = closest(name, tool.names)
      const way = meant ? `did you mean "${meant}"?` : 'add the parameter, or correct the name.'
      return {
        pointer,
        message: `${where(tool, at)} uses {{${name}}}, but the tool has no parameter "${name}": ${way}`,
      }
    })
}

/** Whether a placeholder stands for a secret, `secret.NAME`, and not for an argument. */
export function isSecret(placeholder: string): boolean {
  return placeholder.startsWith('secret.')
}

const CHECKS: Record<RunKind, (tool: DraftTool, run: Record<string, unknown>) => Problem[]> = {
  http: checkHttp,
  mock: () => [],
  code: () => [],
  mcp: () => [],
  flow: () => [],
}

function checkHttp(tool: DraftTool, run: Record<string, unknown>): Problem[] {
  return [
    ...(typeof run.url === 'string' && run.url !== '' ? checkUrl(tool, run.url) : []),
    ...(isObject(run.headers) ? checkHeaders(tool, run.headers) : []),
    ...templateProblems(tool, ['run', 'body'], run.body),
    ...(typeof run.select === 'string' ? checkSelect(tool, run.select) : []),
  ]
}

function checkUrl(tool: DraftTool, url: string): Problem[] {
  const at = ['run', 'url']
  const problem = (message: string) => [{ pointer: jsonPointer([...tool.path, ...at]), message }]
  const origin = /^(https?):\/\/([^/?#]*)/i.exec(url)
  if (!origin?.[2])
    return problem(`${where(tool, at)} must be a whole address that starts with https:// or http:// and a host.`)
  if (origin[2].includes('{{'))
    return problem(
      `${where(tool, at)} has a placeholder in its host: a call may choose path and query, never the host.`,
    )
  if (origin[2].includes('@'))
    return problem(`${where(tool, at)} holds a user name or password: put them into a header, as {{secret.NAME}}.`)
  return placeholderProblems(tool, at, url)
}

function checkHeaders(tool: DraftTool, headers: Record<string, unknown>): Problem[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    const pointer = jsonPointer([...tool.path, 'run', 'headers', name])
    if (!HEADER_NAME.test(name)) return [{ pointer, message: `"${name}" of ${owner(tool)} is no name of a header.` }]
    if (CONNECTION_HEADERS.includes(name.toLowerCase()))
      return [{ pointer, message: `The header "${name}" of ${owner(tool)} is set by Volley itself: remove it.` }]
    if (typeof value !== 'string') return []
    if (/[\r\n\0]/.test(value))
      return [{ pointer, message: `The header "${name}" of ${owner(tool)} must be one line.` }]
    return placeholderProblems(tool, ['run', 'headers', name], value)
  })
}

function checkSelect(tool: DraftTool, select: string): Problem[] {
  const fault = selectFault(select)
  if (!fault) return []
  const message = `${where(tool, ['run', 'select'])} is no JMESPath expression: ${fault}.`
  return [{ pointer: jsonPointer([...tool.path, 'run', 'select']), message }]
}

function templateProblems(tool: DraftTool, at: (string | number)[], value: unknown): Problem[] {
  if (typeof value === 'string') return placeholderProblems(tool, at, value)
  if (Array.isArray(value)) return value.flatMap((item, index) => templateProblems(tool, [...at, index], item))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => templateProblems(tool, [...at, key], inner))
}

function where(tool: DraftTool, at: readonly (string | number)[]): string {
  return `"${at.at(-1)}" of ${owner(tool)}`
}

function owner(tool: DraftTool): string {
  return tool.name === null ? `tool ${Number(tool.path[1]) + 1}` : `"${tool.name}"`
}

import { isObject, jsonPointer } from '../lib/json.ts'
import { jsonLength } from '../lib/jsonSize.ts'
import { parsePath, readPath } from '../lib/path.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { asText, MOST_FILLED } from '../lib/template.ts'
import type { CallProblem } from '../run/problem.ts'
import { type PlanEdge, type PlanGraph, referableTools } from './planGraph.ts'

// References (contract 3): an argument that stands for another call's result. Found once in what the model wrote, resolved right
// before the call starts. What a result contains is put in as it is and never looked at again.

/** Where in the arguments a value of another call goes. */
interface Site {
  at: readonly (string | number)[]
  call: number
  path: string
  text: string | undefined
}

/** A mapped parameter and where its value comes from. */
interface Mapped {
  parameter: string
  call: number
  path: string
}

export interface CallReferences {
  /** The calls referred to, ascending. */
  calls: number[]
  sites: readonly Site[]
  mapped: readonly Mapped[]
  /** Parameters that only name a source call and are not the tool's own. */
  sources: readonly string[]
}

export const NO_REFERENCES: CallReferences = { calls: [], sites: [], mapped: [], sources: [] }

/** What a call can see of the run: `visible[n - 1]` is the call that the model knows as number n, all before this one. */
export interface Precedents {
  visible: readonly number[]
  toolOf(call: number): string | undefined
}

/**
 * Finds the references in a call's arguments and checks all that can be known before a result is there: the form, the number, the
 * edge. Gives `invalid_reference` with the place and the way out.
 */
export function findReferences(
  graph: PlanGraph,
  tool: string,
  args: Readonly<Record<string, unknown>>,
  precedents: Precedents,
): Result<CallReferences, CallProblem> {
  const referable = referableTools(graph, tool)
  if (referable.size === 0) return ok(NO_REFERENCES)
  const mappedEdges = (graph.incoming.get(tool) ?? []).filter(
    (edge) => edge.kind === 'data' && Object.keys(edge.map).length > 0,
  )
  const sources = new Set(mappedEdges.map((edge) => edge.from))

  const sites: Site[] = []
  for (const [name, value] of Object.entries(args)) {
    if (sources.has(name)) continue
    const problem = collectSites(value, [name], sites, tool, referable, precedents)
    if (problem) return err(problem)
  }
  const mapped: Mapped[] = []
  for (const edge of mappedEdges) {
    const source = sourceOf(edge, args, precedents)
    if (!source.ok) return source
    if (source.value !== null) {
      for (const [parameter, path] of Object.entries(edge.map)) mapped.push({ parameter, call: source.value, path })
      continue
    }
    const missing = Object.keys(edge.map).find((parameter) => isRequired(graph, tool, parameter))
    if (missing !== undefined) {
      return invalid(
        `"${missing}" of ${tool} is filled from a call of ${edge.from}, and ${precedingCalls(edge.from, precedents).length === 0 ? `no call of ${edge.from} precedes` : 'several precede'}. Give the call's number as "${edge.from}".`,
      )
    }
  }
  const calls = [...new Set([...sites, ...mapped].map((one) => one.call))].sort((one, other) => one - other)
  return ok({ calls, sites, mapped, sources: [...sources] })
}

/**
 * The arguments with every reference replaced by its value. All calls referred to must have succeeded. Gives `invalid_reference`
 * where a path finds nothing, or where the values add up to more than any call may be given: a few words can name one large result
 * any number of times.
 */
export function resolveArguments(
  args: Readonly<Record<string, unknown>>,
  references: CallReferences,
  resultOf: (call: number) => unknown,
): Result<Record<string, unknown>, CallProblem> {
  if (references === NO_REFERENCES) return ok(args)
  let left = MOST_FILLED
  const isTooMuch = (value: unknown, times = 1) => {
    left -= jsonLength(value, left) * times
    return left < 0
  }
  const values = new Map<string, unknown>()
  for (const site of references.sites) {
    const found = readResult(site, resultOf)
    if (!found.ok) return found
    const { value } = found
    if (isTooMuch(value, site.text === undefined ? 1 : site.text.split('{}').length - 1)) return invalid(TOO_MUCH)
    values.set(jsonPointer(site.at), site.text === undefined ? value : site.text.replaceAll('{}', () => asText(value)))
  }
  const resolved = new Map(Object.entries(args).filter(([name]) => !references.sources.includes(name)))
  for (const [name, value] of resolved) resolved.set(name, replaceSites(value, jsonPointer([name]), values))
  for (const mapped of references.mapped) {
    const found = readResult(mapped, resultOf)
    if (!found.ok) return found
    if (isTooMuch(found.value)) return invalid(TOO_MUCH)
    resolved.set(mapped.parameter, found.value)
  }
  return ok(Object.fromEntries(resolved))
}

const TOO_MUCH = `The values that the references stand for are larger than ${MOST_FILLED / 1024 / 1024} MB together: refer to the parts that are needed, with a path, and to each once.`

/** Whether a value has the form of a reference: `from_call`, and no keys but `from_call`, `path` and `text`. */
function isReference(value: unknown): value is { from_call: unknown; path?: unknown; text?: unknown } {
  return (
    isObject(value) &&
    Object.hasOwn(value, 'from_call') &&
    Object.keys(value).every((key) => key === 'from_call' || key === 'path' || key === 'text')
  )
}

function collectSites(
  value: unknown,
  at: readonly (string | number)[],
  sites: Site[],
  tool: string,
  referable: ReadonlySet<string>,
  precedents: Precedents,
): CallProblem | null {
  if (isReference(value)) {
    const where = `the reference at ${jsonPointer(at)}`
    const { from_call: number, path = '', text } = value
    if (typeof path !== 'string') return problem(`${where} has a path that is no text.`)
    const parsed = path === '' ? null : parsePath(path)
    if (parsed?.ok === false) return problem(`"${path}", the path of ${where}, is no path: ${parsed.error}.`)
    if (text !== undefined && (typeof text !== 'string' || !text.includes('{}')))
      return problem(`${where} has a text without {}, the place for the value.`)
    const found = callOf(number, where, precedents)
    if (!found.ok) return found.error
    const source = precedents.toolOf(found.value) ?? 'an unknown tool'
    if (!referable.has(source)) {
      return problem(
        `${where} points to call ${number}, a call of ${source}, and no data edge leads from ${source} to ${tool}.`,
      )
    }
    sites.push({ at, call: found.value, path, text })
    return null
  }
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : isObject(value)
      ? Object.entries(value)
      : []
  for (const [key, inner] of entries) {
    if (typeof inner !== 'object' || inner === null) continue
    const fault = collectSites(inner, [...at, key], sites, tool, referable, precedents)
    if (fault) return fault
  }
  return null
}

function callOf(number: unknown, where: string, { visible }: Precedents): Result<number, CallProblem> {
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 1) {
    return invalid(`${where} must name a call by its number, a whole number from 1, not ${JSON.stringify(number)}.`)
  }
  const call = visible[number - 1]
  if (call === undefined) return invalid(`${where} points to call ${number}, which does not come before this one.`)
  return ok(call)
}

/** The source call of a mapped edge: the one named, or the only one of its tool that precedes; null where there is none such. */
function sourceOf(
  edge: PlanEdge,
  args: Readonly<Record<string, unknown>>,
  precedents: Precedents,
): Result<number | null, CallProblem> {
  if (Object.hasOwn(args, edge.from)) {
    const where = `the parameter "${edge.from}"`
    const found = callOf(args[edge.from], where, precedents)
    if (!found.ok) return found
    const tool = precedents.toolOf(found.value)
    if (tool !== edge.from)
      return invalid(`${where} must name a call of ${edge.from}, and call ${args[edge.from]} is one of ${tool}.`)
    return found
  }
  const preceding = precedingCalls(edge.from, precedents)
  return ok(preceding.length === 1 ? (preceding[0] as number) : null)
}

const precedingCalls = (tool: string, { visible, toolOf }: Precedents) =>
  visible.filter((call) => toolOf(call) === tool)

function isRequired(graph: PlanGraph, tool: string, parameter: string): boolean {
  const required = graph.tools.get(tool)?.parameters.required
  return Array.isArray(required) && required.includes(parameter)
}

function readResult(
  { call, path }: { call: number; path: string },
  resultOf: (call: number) => unknown,
): Result<unknown, CallProblem> {
  const result = resultOf(call)
  const parsed = path === '' ? ok([]) : parsePath(path)
  const found = parsed.ok ? readPath(result, parsed.value) : { found: false as const }
  if (found.found) return ok(found.value)
  return invalid(`The path "${path}" finds nothing in the result of call ${call}.`)
}

function replaceSites(value: unknown, pointer: string, values: ReadonlyMap<string, unknown>): unknown {
  if (values.has(pointer)) return values.get(pointer)
  if (Array.isArray(value)) return value.map((inner, index) => replaceSites(inner, `${pointer}/${index}`, values))
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, replaceSites(inner, pointer + jsonPointer([key]), values)]),
    )
  }
  return value
}

const problem = (message: string): CallProblem => ({ code: 'invalid_reference', message })
const invalid = (message: string) => err(problem(message))

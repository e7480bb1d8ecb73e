import type { Tool } from '@volley/shared/flow/flow.ts'
import { isDeeperThan, isObject } from '@volley/shared/lib/json.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import type { PlanGraph } from '@volley/shared/plan/planGraph.ts'
import { type CallReferences, findReferences, NO_REFERENCES, type Precedents } from '@volley/shared/plan/reference.ts'
import { textToKeep } from '@volley/shared/run/argumentsText.ts'
import type { RunFactOf } from '@volley/shared/run/events.ts'
import type { CallProblem } from '@volley/shared/run/problem.ts'

/** Says what is wrong with a value under a JSON Schema, or null. */
export type ValidateArguments = (schema: Record<string, unknown>, value: unknown) => string | null

/** A call as the model wrote it. */
export interface EmittedCall {
  id: string | null
  tool: string
  argumentsText: string
  /** False for one that the end of the message cut off. */
  complete: boolean
}

export interface ReadableCall {
  tool: Tool
  arguments: Record<string, unknown>
  references: CallReferences
}

const MOST_LEVELS = 64
const MOST_ARGUMENT_CHARS = 5_000_000

/**
 * Reads what the model wrote for a call: the tool, the arguments, the references in them. Strict: nothing is repaired or coerced; no
 * text at all is `{}`. Arguments without references are checked against the tool's schema here, others once they are resolved.
 */
export function readCall(
  wanted: { tool: string; argumentsText: string },
  graph: PlanGraph,
  precedents: Precedents | null,
  validate: ValidateArguments,
): Result<ReadableCall, CallProblem> {
  const tool = graph.tools.get(wanted.tool)
  if (!tool) {
    const names = [...graph.tools.keys()]
    const there = names.length > 0 ? `The tools are ${names.join(', ')}.` : 'This flow has no tools.'
    return err({ code: 'unknown_tool', message: `There is no tool "${wanted.tool}". ${there}` })
  }
  const args = parseArguments(wanted.argumentsText)
  if (!args.ok) return err({ code: 'invalid_arguments', message: `The arguments of ${tool.name} ${args.error}` })
  const references = precedents ? findReferences(graph, tool.name, args.value, precedents) : ok(NO_REFERENCES)
  if (!references.ok) return references
  if (references.value.calls.length === 0) {
    const problem = checkArguments(tool, withoutSources(args.value, references.value), validate)
    if (problem) return err(problem)
  }
  return ok({ tool, arguments: args.value, references: references.value })
}

/** What breaks the tool's own schema, as a problem, or null. */
export function checkArguments(
  tool: Tool,
  args: Record<string, unknown>,
  validate: ValidateArguments,
): CallProblem | null {
  const fault = validate(tool.parameters, args)
  return fault === null
    ? null
    : { code: 'invalid_arguments', message: `The arguments of ${tool.name} do not fit: ${fault}` }
}

/** The arguments as the log shows them: the value where they are JSON, else the text; and the text beside a value that does not tell it. */
export function argumentsAsEmitted(text: string): Pick<RunFactOf<'call.emitted'>, 'arguments' | 'argumentsText'> {
  const value = valueIn(text)
  const kept = textToKeep(text, value)
  return { arguments: value, ...(kept === null ? {} : { argumentsText: kept }) }
}

function valueIn(text: string): unknown {
  if (text.trim() === '') return {}
  if (text.length > MOST_ARGUMENT_CHARS || isDeeperThan(text, MOST_LEVELS)) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function parseArguments(text: string): Result<Record<string, unknown>, string> {
  if (text.trim() === '') return ok({})
  if (text.length > MOST_ARGUMENT_CHARS) return err(`are longer than ${MOST_ARGUMENT_CHARS} characters.`)
  if (isDeeperThan(text, MOST_LEVELS)) return err(`are nested deeper than ${MOST_LEVELS} levels.`)
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? ok(value) : err(`must be a JSON object, not ${text.slice(0, 40)}.`)
  } catch (fault) {
    return err(`are not valid JSON: ${(fault as Error).message}.`)
  }
}

function withoutSources(args: Record<string, unknown>, { sources }: CallReferences): Record<string, unknown> {
  return sources.length === 0
    ? args
    : Object.fromEntries(Object.entries(args).filter(([name]) => !sources.includes(name)))
}

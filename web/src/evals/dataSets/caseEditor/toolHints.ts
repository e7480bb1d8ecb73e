import type { TestCase } from '@volley/shared/evals/testCase.ts'
import type { FlowDocument } from '@volley/shared/flow/flow.ts'
import { isObject } from '@volley/shared/lib/json.ts'

/** Tools by name, each with the names of its parameters. */
export type ToolHints = ReadonlyMap<string, readonly string[]>

/** The tools of a flow. */
export function hintsOfFlow({ tools = [] }: Pick<FlowDocument, 'tools'>): ToolHints {
  return new Map(tools.map(({ name, parameters }) => [name, parameterNames(parameters)]))
}

/** The tools that the cases expect or bring along, with the parameters they name. */
export function hintsOfCases(cases: readonly TestCase[]): ToolHints {
  const hints = new Map<string, Set<string>>()
  const add = (tool: string, names: readonly string[]) => {
    const known = hints.get(tool) ?? new Set()
    for (const name of names) known.add(name)
    hints.set(tool, known)
  }
  for (const { tools = [], expected } of cases) {
    for (const { name, parameters } of tools) add(name, parameterNames(parameters))
    for (const { tool, arguments: given = {} } of expected.calls ?? []) add(tool, Object.keys(given))
  }
  return new Map([...hints].sort(([one], [other]) => (one < other ? -1 : 1)).map(([tool, names]) => [tool, [...names]]))
}

const parameterNames = (schema: Record<string, unknown>): string[] =>
  isObject(schema.properties) ? Object.keys(schema.properties) : []

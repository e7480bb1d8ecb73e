import type { Tool } from '@volley/shared/flow/flow.ts'
import {
  fieldsOfMock,
  fieldsOfSchema,
  fieldsOfValue,
  mergeFields,
  type ResultTree,
} from '@volley/shared/flow/resultFields.ts'
import { fieldsOfSelect } from '@volley/shared/flow/selectFields.ts'

/** What is known of a tool's result, and how it is known. */
export interface KnownResult {
  tree: ResultTree
  /** As half a sentence: `as its mock gives it`. */
  how: string
}

/**
 * What is known of a tool's result: what it promises (its mock, its server's output schema, the names its `select` gives) and what it
 * last gave. Null where nothing is. `seen` is undefined where no result was seen.
 */
export function knownResult(tool: Tool, { schema, seen }: { schema?: unknown; seen?: unknown }): KnownResult | null {
  const promise = promiseOf(tool, schema)
  if (seen === undefined) return promise
  const tree = fieldsOfValue(seen)
  if (!promise) return { tree, how: 'as it last came' }
  return { tree: mergeFields(promise.tree, tree), how: `${promise.how}, with values of the last one` }
}

function promiseOf(tool: Tool, schema: unknown): KnownResult | null {
  const { run } = tool
  if (schema !== undefined) return { tree: fieldsOfSchema(schema), how: 'as its server promises it' }
  if (run.kind === 'mock')
    return mockPromise(
      tool,
      [run, ...(run.cases ?? [])].map((one) => one.result),
    )
  if (run.kind === 'flow')
    return { tree: { type: 'string', sample: null, fields: [] }, how: 'the final text of the flow' }
  if (run.kind !== 'http' || run.select === undefined) return null
  const tree = fieldsOfSelect(run.select)
  return tree && { tree, how: 'as its select names it' }
}

/** A mock may give several results: the fields of them all. */
function mockPromise(tool: Tool, results: readonly unknown[]): KnownResult | null {
  const [first, ...others] = results
    .filter((result) => result !== undefined)
    .map((result) => fieldsOfMock(result, tool.parameters))
  return first ? { tree: others.reduce(mergeFields, first), how: 'as its mock gives it' } : null
}

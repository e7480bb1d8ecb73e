import type { Problem } from '@volley/shared/flow/problem.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import { CORE_SCHEMA, load, mergeTag, YAMLException } from 'js-yaml'

const MOST_ALIASES = 100_000
const MOST_MERGED_KEYS = 100_000
const MOST_VALUES = 1_000_000

/**
 * Reads YAML 1.2 (its JSON-like core, and merge keys) into plain values; a fault names its line and column. Aliases share one value, and
 * count as often as they stand: a text that is short and means gigabytes, or holds itself, is refused.
 */
export function parseYaml(text: string, mostLevels: number): Result<unknown, Problem[]> {
  const fault = (message: string) => err([{ pointer: '', message }])
  let value: unknown
  try {
    value = load(text, {
      schema: CORE_SCHEMA.withTags(mergeTag),
      maxDepth: mostLevels,
      maxAliases: MOST_ALIASES,
      maxTotalMergeKeys: MOST_MERGED_KEYS,
    })
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    const at = error.mark ? ` (line ${error.mark.line + 1}, column ${error.mark.column + 1})` : ''
    return fault(`The document cannot be read as YAML: ${error.reason}${at}.`)
  }
  const size = sizeOf(value, new Map())
  if (size.values > MOST_VALUES)
    return fault(`The document stands for more than ${MOST_VALUES} values, its aliases counted: shorten it.`)
  if (size.levels > mostLevels)
    return fault(`The document is nested deeper than ${mostLevels} levels: flatten what lies inside.`)
  return ok(value)
}

interface Size {
  values: number
  levels: number
}

const LEAF: Size = { values: 1, levels: 0 }
const ENDLESS: Size = { values: Number.POSITIVE_INFINITY, levels: 0 }

/** What a value comes to when everything shared in it is written out; each object is looked into once. */
function sizeOf(value: unknown, known: Map<object, Size>): Size {
  if (typeof value !== 'object' || value === null) return LEAF
  const before = known.get(value)
  if (before) return before
  known.set(value, ENDLESS)
  const size = { values: 1, levels: 0 }
  for (const key in value) {
    const inner = sizeOf((value as Record<string, unknown>)[key], known)
    size.values += inner.values
    size.levels = Math.max(size.levels, inner.levels)
  }
  size.levels++
  known.set(value, size)
  return size
}

import type { Problem } from '@volley/shared/flow/problem.ts'
import { isDeeperThan, jsonPointer } from '@volley/shared/lib/json.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import { parseYaml } from './parseYaml.ts'

const MOST_CHARACTERS = 5_000_000
/** Descriptions of interfaces nest deeper than flows: their schemas lie far inside. */
const MOST_LEVELS = 200

/** Reads a text as JSON or YAML into plain values, within limits of size and depth; all faults with their place. */
export function parseText(content: string): Result<unknown, Problem[]> {
  const text = content.replace(/^\uFEFF/, '')
  if (text.length > MOST_CHARACTERS) return fault('The document is larger than 5 MB: split it.')
  const read = /^\s*[{[]/.test(text) ? parseJson(text) : parseYaml(text, MOST_LEVELS)
  if (!read.ok) return read
  const problems = badValues(read.value)
  return problems.length > 0 ? err(problems) : read
}

function parseJson(text: string): Result<unknown, Problem[]> {
  if (isDeeperThan(text, MOST_LEVELS))
    return fault(`The document is nested deeper than ${MOST_LEVELS} levels: flatten what lies inside.`)
  try {
    return ok(JSON.parse(text))
  } catch (error) {
    return fault(`The document is no JSON: ${error instanceof Error ? error.message : error}.`)
  }
}

/** Keys `__proto__`, which code that copies objects would take for something else, and numbers that JSON does not have. */
function badValues(
  value: unknown,
  path: (string | number)[] = [],
  seen: Set<object> = new Set(),
  found: Problem[] = [],
): Problem[] {
  if (typeof value === 'number' && !Number.isFinite(value))
    found.push({ pointer: jsonPointer(path), message: `${value} is no JSON value.` })
  if (typeof value !== 'object' || value === null || seen.has(value)) return found
  seen.add(value)
  for (const key of Object.keys(value)) {
    path.push(key)
    if (key === '__proto__')
      found.push({ pointer: jsonPointer(path), message: 'A key cannot be called "__proto__": choose another.' })
    badValues((value as Record<string, unknown>)[key], path, seen, found)
    path.pop()
  }
  return found
}

const fault = (message: string) => err([{ pointer: '', message }])

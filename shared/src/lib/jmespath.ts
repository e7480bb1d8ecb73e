import jmespath from 'jmespath'
import { isObject } from './json.ts'
import { err, ok, type Result } from './result.ts'

const MOST_CHARACTERS = 2000
const MOST_VALUES = 1_000_000
const MOST_COPIES = 10_000_000

/** What is wrong with a JMESPath expression, as half a sentence; null when it can be read. */
export function selectFault(expression: string): string | null {
  if (expression.trim() === '') return 'it is empty'
  if (expression.length > MOST_CHARACTERS) return `it is longer than ${MOST_CHARACTERS} characters`
  try {
    const copies = copiesIn(parser.compile(expression))
    return copies > MOST_COPIES ? 'it copies what it finds too often' : null
  } catch (error) {
    return faultOf(error)
  }
}

/** An expression's syntax tree, as the parser gives it; null when it cannot be read. */
export function parseSelect(expression: string): unknown {
  return selectFault(expression) === null ? parser.compile(expression) : null
}

/** What an expression finds in a JSON value, as JSON of its own; what it does not find is null. The fault is half a sentence. */
export function selectJson(value: unknown, expression: string): Result<unknown, string> {
  const fault = selectFault(expression)
  if (fault) return err(fault)
  try {
    const budget = { left: MOST_VALUES }
    return ok(plainJson(jmespath.search(value, expression), budget))
  } catch (error) {
    return err(faultOf(error))
  }
}

const parser = jmespath as typeof jmespath & { compile(expression: string): unknown }

/**
 * How often, at most, an expression can repeat a value. Lists and objects that it builds are the only way, and each multiplies:
 * forty times `[@, @][]` would fill all memory with one small number.
 */
function copiesIn(node: unknown): number {
  if (Array.isArray(node)) return node.reduce((product: number, inner) => product * copiesIn(inner), 1)
  if (!isObject(node)) return 1
  const own = node.type === 'MultiSelectList' || node.type === 'MultiSelectHash' ? listLength(node.children) : 1
  return Object.values(node).reduce<number>((product, inner) => product * copiesIn(inner), own)
}

const listLength = (list: unknown) => (Array.isArray(list) ? Math.max(1, list.length) : 1)

/**
 * Copies what an expression gave. It can name inherited properties (`constructor`), which are no data and become null, and it can
 * repeat one value so often that the result could not be written down, which is a fault.
 */
function plainJson(value: unknown, budget: { left: number }): unknown {
  if (--budget.left < 0) throw new Error(`its result holds more than ${MOST_VALUES} values`)
  if (Array.isArray(value)) return value.map((item) => plainJson(item, budget))
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainJson(inner, budget)]))
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

function faultOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/^\w*Error: /, '') : String(error)
}

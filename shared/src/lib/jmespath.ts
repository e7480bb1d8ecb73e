import jmespath from 'jmespath'
import { isObject } from './json.ts'
import { jsonLength } from './jsonSize.ts'
import { err, ok, type Result } from './result.ts'

const MOST_CHARACTERS = 2000
const MOST_VALUES = 1_000_000
const MOST_COPIES = 10_000_000
/** Copies times characters: ten of the largest result there may be (10 MB). */
const MOST_COPIED = 100_000_000

/** What is wrong with a JMESPath expression, as half a sentence; null when it can be read. */
export function selectFault(expression: string): string | null {
  if (expression.trim() === '') return 'it is empty'
  if (expression.length > MOST_CHARACTERS) return `it is longer than ${MOST_CHARACTERS} characters`
  try {
    return copiesIn(parser.compile(expression)) > MOST_COPIES ? 'it copies what it finds too often' : null
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
    const mostLength = MOST_COPIED / copiesIn(parser.compile(expression))
    if (jsonLength(value, mostLength) > mostLength)
      return err(
        'it copies what it finds too often for a value of this size: build fewer lists and objects of whole values',
      )
    const budget = { left: MOST_VALUES }
    return ok(plainJson(jmespath.search(value, expression), budget))
  } catch (error) {
    return err(faultOf(error))
  }
}

const parser = jmespath as typeof jmespath & { compile(expression: string): Node }

interface Node {
  type: string
  name?: unknown
  /** The limits of a slice are numbers and nulls. */
  children?: Node[]
  /** Of a key of an object that is built. */
  value?: Node
}

/**
 * How often, at most, an expression can repeat a value. Lists and objects that it builds are the main way, and one inside the other they
 * multiply: forty times `[@, @][]` would fill all memory with one small number. Fields of different names are different parts, and make
 * no copy together.
 */
function copiesIn(node: Node): number {
  const children = (node.children ?? []).filter(isObject) as Node[]
  switch (node.type) {
    case 'Literal':
    case 'Field':
      return 1
    case 'KeyValuePair':
      return node.value ? copiesIn(node.value) : 1
    case 'MultiSelectList':
    case 'MultiSelectHash':
      return copiesSideBySide(children.map((child) => child.value ?? child))
    case 'Function': {
      // What is written inside a text is escaped, and once more in the next text.
      const own = node.name === 'to_string' ? 2 : 1
      const isRepeated = children.some((child) => child.type === 'ExpressionReference')
      return own * (isRepeated ? product(children) : Math.max(1, sum(children)))
    }
    case 'OrExpression':
    case 'AndExpression':
    case 'Comparator':
      return Math.max(1, ...children.map(copiesIn))
    default:
      return product(children)
  }
}

const product = (nodes: readonly Node[]) => nodes.reduce((copies, node) => copies * copiesIn(node), 1)
const sum = (nodes: readonly Node[]) => nodes.reduce((copies, node) => copies + copiesIn(node), 0)

function copiesSideBySide(nodes: readonly Node[]): number {
  const ofFields = new Map<string, number>()
  let ofWholes = 0
  for (const node of nodes) {
    const field = firstField(node)
    if (field === null) ofWholes += copiesIn(node)
    else ofFields.set(field, (ofFields.get(field) ?? 0) + copiesIn(node))
  }
  return Math.max(1, ofWholes + Math.max(0, ...ofFields.values()))
}

/** The field that an expression looks into first; null where it begins with anything else. */
function firstField({ type, name, children = [] }: Node): string | null {
  if (type === 'Field') return String(name)
  const [first] = children
  const isWay = /^(Subexpression|IndexExpression|Projection|ValueProjection|FilterProjection|Flatten|Pipe)$/.test(type)
  return isWay && first ? firstField(first) : null
}

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

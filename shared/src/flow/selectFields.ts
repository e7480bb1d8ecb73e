import { parseSelect } from '../lib/jmespath.ts'
import { isObject } from '../lib/json.ts'
import { type Path, printPath } from '../lib/path.ts'
import type { ResultField, ResultTree } from './resultFields.ts'

const UNKNOWN: ResultTree = { type: 'any', sample: null, fields: [] }

/** What a `select` expression promises of its result before anything was called: the names it gives. Null where it names none. */
export function fieldsOfSelect(expression: string): ResultTree | null {
  const tree = treeOf(parseSelect(expression), [])
  return tree.type === 'any' ? null : tree
}

/** The last step of an expression makes its result: an object of chosen names, a list of chosen values, or what is not known. */
function treeOf(node: unknown, way: Path): ResultTree {
  if (!isObject(node)) return UNKNOWN
  const children = Array.isArray(node.children) ? node.children : []
  switch (node.type) {
    case 'MultiSelectHash':
      return { type: 'object', sample: null, fields: children.map((pair) => field(pair.name, pair.value, way)) }
    case 'MultiSelectList':
      return { type: 'array', sample: null, fields: children.map((inner, at) => field(at, inner, way)) }
    case 'Projection':
      return { type: 'array', sample: null, fields: [field(0, children.at(-1), way)] }
    case 'Subexpression':
    case 'Pipe':
      return treeOf(children.at(-1), way)
    default:
      return UNKNOWN
  }
}

function field(step: string | number, node: unknown, way: Path): ResultField {
  const here = [...way, step]
  const name = typeof step === 'number' ? `[${step}]` : step
  return { name, path: printPath(here), about: null, ...treeOf(node, here) }
}

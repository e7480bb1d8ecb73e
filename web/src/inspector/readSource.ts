import type { syntaxTree } from '@codemirror/language'
import { closest } from '@volley/shared/lib/closest.ts'
import type { ArgumentShape } from './argumentShape.ts'

// What the source of a code tool does with its arguments, read off the syntax tree. Nothing is guessed: a name that is bound anew, a value
// that went through a function, and whatever the parameters leave open are unknown, and nothing is said of them.

type Tree = ReturnType<typeof syntaxTree>
type Node = Tree['topNode']

/** A place where the source names a part of its arguments. */
export interface Mention {
  from: number
  to: number
  shape: ArgumentShape
}

export interface SourceReading {
  /** Names of what is no parameter, each with a sentence. */
  faults: { from: number; to: number; message: string }[]
  mentions: Mention[]
  /** What a variable holds at a place; null where that is not known. */
  shapeOf(name: string, at: number): ArgumentShape | null
  /** What the braces around a place take apart, as in `({ city }) =>`; null where there are none. */
  patternAt(at: number): ArgumentShape | null
}

interface Binding {
  name: string
  scope: Node
  /** Worked out when first asked. */
  shape: ArgumentShape | null | (() => ArgumentShape | null)
}

/** Reads a source whose default export is given `root`. */
export function readSource(tree: Tree, text: string, root: ArgumentShape): SourceReading {
  const word = (node: Node) => text.slice(node.from, node.to)
  const reading: SourceReading = { faults: [], mentions: [], shapeOf, patternAt }
  const bindings: Binding[] = []
  const rebound = new Set<string>()
  const written = new Set<string>()
  const patterns: { node: Node; shape: () => ArgumentShape | null }[] = []
  const members: Node[] = []
  const main = mainParameter(tree.topNode, word)
  if (main) bind(main, () => root)

  tree.iterate({
    enter: ({ name, node }) => {
      if (name === 'MemberExpression') members.push(node)
      if (name === 'VariableDeclaration')
        for (const [target, value] of declared(node)) bind(target, () => shapeAt(value))
      if (name === 'AssignmentExpression' || name === 'UpdateExpression') assigned(node)
      if (
        name === 'VariableDefinition' &&
        !bindings.some(({ scope, name }) => name === word(node) && isSame(scope, scopeOf(node)))
      )
        bindings.push({ name: word(node), scope: scopeOf(node), shape: null })
    },
  })
  for (const node of members) if (node.firstChild) mention(shapeAt(node.firstChild), keyNode(node), isTarget(node))
  for (const { node, shape } of patterns)
    for (const property of node.getChildren('PatternProperty')) mention(shape(), patternKey(property), false)
  reading.faults = reading.faults.filter(({ from, to }) => !written.has(keyText(text.slice(from, to))))
  return reading

  function bind(target: Node, shape: () => ArgumentShape | null) {
    if (target.name === 'VariableDefinition') {
      bindings.push({ name: word(target), scope: scopeOf(target), shape })
      return
    }
    if (target.name !== 'ObjectPattern') return
    patterns.push({ node: target, shape })
    for (const property of target.getChildren('PatternProperty')) {
      const key = patternKey(property)
      const inner = property.getChild('ObjectPattern') ?? property.getChild('VariableDefinition')
      if (key && inner) bind(inner, () => memberOf(shape(), keyText(word(key))) ?? null)
    }
  }

  function assigned(node: Node) {
    const target =
      node.name === 'UpdateExpression' ? (node.getChild('VariableName') ?? node.firstChild) : node.firstChild
    if (target?.name === 'VariableName') rebound.add(word(target))
    const key = target?.name === 'MemberExpression' ? keyNode(target) : null
    if (key) written.add(keyText(word(key)))
  }

  function mention(owner: ArgumentShape | null, key: Node | null, isWritten: boolean) {
    if (!owner || !key) return
    const name = keyText(word(key))
    const found = memberOf(owner, name)
    if (found) reading.mentions.push({ from: key.from, to: key.to, shape: found })
    else if (found === undefined && !isWritten)
      reading.faults.push({ from: key.from, to: key.to, message: missing(owner, name) })
  }

  function shapeOf(name: string, at: number): ArgumentShape | null {
    const inSight = bindings.filter(({ name: own, scope }) => own === name && scope.from <= at && at <= scope.to)
    const smallest = inSight.toSorted((one, other) => span(one.scope) - span(other.scope))[0]
    if (!smallest || rebound.has(name)) return null
    if (typeof smallest.shape === 'function') {
      const work = smallest.shape
      // What refers to itself holds nothing that is known.
      smallest.shape = null
      smallest.shape = work()
    }
    return smallest.shape
  }

  function shapeAt(node: Node): ArgumentShape | null {
    if (node.name === 'VariableName') return shapeOf(word(node), node.from)
    if (node.name === 'ParenthesizedExpression') {
      const inner = node.firstChild?.nextSibling
      return inner ? shapeAt(inner) : null
    }
    const key = node.name === 'MemberExpression' ? keyNode(node) : null
    return key && node.firstChild ? (memberOf(shapeAt(node.firstChild), keyText(word(key))) ?? null) : null
  }

  function patternAt(at: number): ArgumentShape | null {
    const around = patterns.filter(({ node }) => node.from < at && at < node.to)
    return around.toSorted((one, other) => span(one.node) - span(other.node))[0]?.shape() ?? null
  }
}

/** What a value holds under a name: null where that is not known, undefined where there is no such thing. */
export function memberOf(owner: ArgumentShape | null, name: string): ArgumentShape | null | undefined {
  if (!owner) return null
  if (/^\d+$/.test(name)) return owner.items()
  const properties = owner.properties()
  if (!properties || name in Object.prototype) return properties?.get(name) ?? null
  return properties.get(name)
}

function missing(owner: ArgumentShape, name: string): string {
  const names = [...(owner.properties()?.keys() ?? [])]
  const near = closest(name, names)
  const isArgument = owner.path === 'args'
  const has = names.length === 0 ? 'there are none' : `there ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}`
  const say = isArgument ? `"${name}" is no parameter` : `"${name}" is nothing that ${owner.path} holds`
  return near ? `${say}: did you mean "${near}"?` : `${say}: ${has}.`
}

/** The first parameter of the function that is exported by default, there and then or by its name. */
function mainParameter(script: Node, word: (node: Node) => string): Node | null {
  for (const node of script.getChildren('ExportDeclaration')) {
    if (!node.getChild('default')) continue
    const exported = node.lastChild?.name === ';' ? node.lastChild.prevSibling : node.lastChild
    if (exported?.name === 'VariableName') return firstParameter(functionNamed(word(exported), script, word))
    return firstParameter(exported ?? null)
  }
  return null
}

function functionNamed(name: string, script: Node, word: (node: Node) => string): Node | null {
  for (const node of script.getChildren('FunctionDeclaration')) {
    const own = node.getChild('VariableDefinition')
    if (own && word(own) === name) return node
  }
  for (const node of script.getChildren('VariableDeclaration'))
    for (const [target, value] of declared(node)) if (word(target) === name) return value
  return null
}

function firstParameter(node: Node | null): Node | null {
  const list = node?.getChild('ParamList')
  if (!list) return null
  const first = list.firstChild?.name === '(' ? list.firstChild.nextSibling : list.firstChild
  return first?.name === 'VariableDefinition' || first?.name === 'ObjectPattern' ? first : null
}

/** `const a = x, { b } = y` gives a with x, and { b } with y. */
function declared(node: Node): [target: Node, value: Node][] {
  const pairs: [Node, Node][] = []
  for (let child = node.firstChild; child; child = child.nextSibling) {
    const value = child.nextSibling?.name === 'Equals' ? child.nextSibling.nextSibling : null
    if (value) pairs.push([child, value])
  }
  return pairs
}

/** The name in `a.name`, `a["name"]` or `a[0]`; null where it is worked out, or not written yet. */
function keyNode(member: Node): Node | null {
  const last = member.lastChild
  const key = last?.name === ']' ? last.prevSibling : last
  return key && ['PropertyName', 'String', 'Number'].includes(key.name) ? key : null
}

/** The name that a part of a pattern takes out; null for the rest, and for one that is worked out. */
function patternKey(property: Node): Node | null {
  const first = property.firstChild?.name === '[' ? property.firstChild.nextSibling : property.firstChild
  return first && ['VariableDefinition', 'PropertyName', 'String'].includes(first.name) ? first : null
}

const keyText = (text: string) => text.replace(/^(['"])(.*)\1$/s, '$2')

const isTarget = (member: Node) => {
  const { parent } = member
  return (
    parent?.name === 'AssignmentExpression' &&
    parent.firstChild?.from === member.from &&
    parent.firstChild.to === member.to
  )
}

const SCOPES = new Set([
  'Script',
  'Block',
  'ArrowFunction',
  'FunctionExpression',
  'FunctionDeclaration',
  'MethodDeclaration',
  'ForStatement',
  'CatchClause',
])

/** Where a name that is bound here is in sight. */
function scopeOf(definition: Node): Node {
  let node = definition.parent as Node
  // The name of a function is known outside it.
  if (node.name === 'FunctionDeclaration' || node.name === 'ClassDeclaration') node = node.parent as Node
  while (node.parent && !SCOPES.has(node.name)) node = node.parent
  return node
}

const isSame = (one: Node, other: Node) => one.from === other.from && one.to === other.to && one.name === other.name
const span = ({ from, to }: Node) => to - from

import { isEqualJson, isObject } from '../../lib/json.ts'
import { mergedNames, mergedOrder } from './mergedOrder.ts'
import { each, type Sides } from './sides.ts'

/** A value that both sides changed, each otherwise; undefined where it is not there. */
export interface Clash extends Sides<unknown> {
  path: readonly string[]
}

export interface MergedValue {
  value: unknown
  clashes: Clash[]
}

/** Says which side a clash is decided for. */
export type Decide = (path: readonly string[]) => 'mine' | 'theirs'

/**
 * Merges a value of a document, which stands at `path`: a part of it and its name first, then keys. What one side changed is taken from
 * that side. Objects are merged field by field, as they are compared; everything else is one value.
 */
export function mergeValue(sides: Sides<unknown>, path: readonly string[], decide: Decide): MergedValue {
  const { base, mine, theirs } = sides
  const shape = shapeOf(path)
  const names = SETS.has(shape) ? textsOf(sides) : null
  if (names) return { value: isKept(sides, mergedNames(names)), clashes: [] }
  const fields = fieldsOf(sides, shape)
  if (fields) return mergeFields(sides, fields, path, decide)
  if (isEqualJson(base, theirs) || isEqualJson(mine, theirs)) return { value: mine, clashes: [] }
  if (isEqualJson(base, mine)) return { value: theirs, clashes: [] }
  return { value: decide(path) === 'mine' ? mine : theirs, clashes: [{ path, base, mine, theirs }] }
}

type Fields = Record<string, unknown>

function mergeFields(
  sides: Sides<unknown>,
  fields: Sides<Fields>,
  path: readonly string[],
  decide: Decide,
): MergedValue {
  const clashes: Clash[] = []
  const entries = mergedOrder(each(fields, Object.keys)).flatMap((key) => {
    const inner = each(fields, (side) => (Object.hasOwn(side, key) ? side[key] : undefined))
    const merged = mergeValue(inner, [...path, key], decide)
    clashes.push(...merged.clashes)
    return merged.value === undefined ? [] : [[key, merged.value]]
  })
  return { value: isKept(sides, Object.fromEntries(entries)), clashes }
}

/** What was merged; nothing where nothing is in it and a side took the whole away, or neither began it. */
function isKept(sides: Sides<unknown>, merged: object): object | undefined {
  const { base, mine, theirs } = each(sides, (side) => side !== undefined)
  const isThere = base ? mine && theirs : mine || theirs
  return isThere || Object.keys(merged).length > 0 ? merged : undefined
}

// Shapes of paths: the name of a part counts as `*`.

/** Objects whose entries stand each for itself: one that is not there has no entries. */
const COLLECTIONS = new Set([
  'agent/variables',
  'agent/settings',
  'agent/settings/pace',
  'agent/limits',
  'tools/*/annotations',
  'tools/*/policy',
  'tools/*/run/headers',
  'tools/*/parameters/properties',
  'edges/*/map',
])
/** Objects that say one thing with all their fields. */
const WHOLES = new Set(['agent/model', 'layout/*', 'notes/*/place', 'notes/*/size'])
/** Objects whose fields depend on their kind: merged field by field among their like alone. */
const KINDS = new Set(['tools/*/run', 'edges/*'])
/** Lists of names whose order says nothing. */
const SETS = new Set(['tools/*/parameters/required', 'groups/*/tools'])

function shapeOf([part = '', name = '', ...keys]: readonly string[]): string {
  return [part, part === 'agent' || part === 'flow' ? name : '*', ...keys].join('/')
}

/** The fields of each side, where the value can be merged field by field. */
function fieldsOf(sides: Sides<unknown>, shape: string): Sides<Fields> | null {
  if (WHOLES.has(shape)) return null
  const isCollection = COLLECTIONS.has(shape)
  const fields = each(sides, (side) => (side === undefined && isCollection ? {} : side))
  if (!isAll(fields, isObject)) return null
  const { base, mine, theirs } = fields
  return KINDS.has(shape) && (base.kind !== mine.kind || base.kind !== theirs.kind) ? null : fields
}

/** The texts of each side, where all are lists of nothing else, each text once. */
function textsOf(sides: Sides<unknown>): Sides<string[]> | null {
  const lists = each(sides, (side) => (side === undefined ? [] : side))
  return isAll(lists, isListOfNames) ? lists : null
}

function isListOfNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') && new Set(value).size === value.length
}

function isAll<Value>(sides: Sides<unknown>, is: (side: unknown) => side is Value): sides is Sides<Value> {
  return is(sides.base) && is(sides.mine) && is(sides.theirs)
}

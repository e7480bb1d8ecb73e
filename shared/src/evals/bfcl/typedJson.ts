// JSON as the leaderboard's checker reads it: in Python, where 5 is an int and 5.0 a float, and equal all the same.

import { isWrittenWhole, type Json, parseNumbers } from '../../lib/json.ts'

/** A number that was written with a point or an exponent. */
export class Float {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
}

/** What JSON can hold; a plain `number` is one that was written whole. */
export type Typed = null | boolean | number | Float | string | Typed[] | { [key: string]: Typed }
export type TypedObject = { [key: string]: Typed }

/** Reads JSON and keeps how each number was written. Throws `SyntaxError` as `JSON.parse` does. */
export function parseTyped(text: string): Typed {
  return parseNumbers(text, (value, written) => (isWrittenWhole(written) ? value : new Float(value))) as Typed
}

export type PythonType = 'int' | 'float' | 'str' | 'bool' | 'list' | 'dict' | 'NoneType'

export function typeOf(value: Typed): PythonType {
  if (value === null) return 'NoneType'
  if (value instanceof Float) return 'float'
  if (Array.isArray(value)) return 'list'
  const types = { boolean: 'bool', number: 'int', string: 'str', object: 'dict' } as const
  return types[typeof value as keyof typeof types]
}

export const isTypedObject = (value: Typed | undefined): value is TypedObject =>
  value !== undefined && typeOf(value) === 'dict'

/** Equality as Python has it: `5 == 5.0` and `True == 1`, lists by their items, dicts whatever the order of their keys. */
export function isEqual(one: Typed, other: Typed): boolean {
  const [left, right] = [numberIn(one), numberIn(other)]
  if (left !== null || right !== null) return left === right
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, at) => isEqual(item, other[at] as Typed))
  if (isTypedObject(one) && isTypedObject(other)) {
    const keys = Object.keys(one)
    return (
      keys.length === Object.keys(other).length &&
      keys.every((key) => Object.hasOwn(other, key) && isEqual(one[key] as Typed, other[key] as Typed))
    )
  }
  return one === other
}

function numberIn(value: Typed): number | null {
  if (value instanceof Float) return value.value
  if (typeof value === 'boolean') return Number(value)
  return typeof value === 'number' ? value : null
}

/** The JSON text of a value, in which a float that is whole keeps its point. */
export function typedText(value: Typed): string {
  if (value instanceof Float) return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value)
  if (Array.isArray(value)) return `[${value.map(typedText).join(',')}]`
  if (!isTypedObject(value)) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}:${typedText(inner)}`)
    .join(',')}}`
}

/** The same as plain JSON: how numbers were written is forgotten. */
export function plainJson(value: Typed): Json {
  if (value instanceof Float) return value.value
  if (Array.isArray(value)) return value.map(plainJson)
  if (!isTypedObject(value)) return value as Json
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainJson(inner)]))
}

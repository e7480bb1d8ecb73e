import { plainText } from '../looseText.ts'
import { Float, isEqual, isTypedObject, type PythonType, type Typed, type TypedObject, typeOf } from './typedJson.ts'

// One value against its accepted values, as the leaderboard's checker decides it
// (ShishirPatil/gorilla, berkeley-function-call-leaderboard, eval_checker/ast_eval/ast_checker.py). Pure.

/** A parameter as the leaderboard declares it, in its own words for types. */
export interface Declared {
  type?: string
  items?: { type?: string }
}

const TYPES: Record<string, PythonType> = {
  string: 'str',
  integer: 'int',
  number: 'float',
  float: 'float',
  boolean: 'bool',
  array: 'list',
  tuple: 'list',
  dict: 'dict',
  object: 'dict',
  any: 'str',
}
const HAS_ITEMS: ReadonlySet<string> = new Set(['array', 'tuple'])

/** Why a value is not accepted, as the checker names it; null when it is. */
export function valueFault(given: Typed, accepted: readonly Typed[], { type = '', items }: Declared): string | null {
  const wanted = TYPES[type]
  const item = HAS_ITEMS.has(type) ? TYPES[items?.type ?? ''] : undefined
  const value = type === 'float' && typeOf(given) === 'int' ? new Float(given as number) : given
  const typed = checkType(value, accepted, wanted, item)
  if ('fault' in typed) return typed.fault
  if (!typed.isAsAccepted) {
    if (wanted === 'dict') return dictFault(value as TypedObject, accepted)
    if (wanted === 'list' && item === 'dict') return dictsFault(value as Typed[], accepted)
    if (wanted === 'str') return stringFault(value as string, accepted)
    if (wanted === 'list') return listFault(value as Typed[], accepted)
  }
  return accepted.some((one) => isEqual(one, value)) ? null : 'value_error:others'
}

/** `isAsAccepted`: the type is not the declared one but that of the accepted values; then the value is compared as it stands. */
type TypeCheck = { isAsAccepted: boolean } | { fault: string }

function checkType(
  value: Typed,
  accepted: readonly Typed[],
  wanted: PythonType | undefined,
  item: PythonType | undefined,
): TypeCheck {
  const first = accepted.find((one) => one !== '')
  const acceptedType = first === undefined ? null : typeOf(first)
  const isOfAccepted = typeOf(value) === acceptedType
  if (typeOf(value) !== wanted) return isOfAccepted ? { isAsAccepted: true } : { fault: 'type_error:simple' }
  const fits = item === undefined || accepted.some((list) => itemsFit(value as Typed[], list, item))
  if (fits) return { isAsAccepted: acceptedType !== null && acceptedType !== wanted }
  return { fault: isOfAccepted ? 'type_error:nested' : 'type_error:simple' }
}

/** One level deep: each item has the declared type, or that of the first accepted item. What is no list asks nothing. */
function itemsFit(items: readonly Typed[], list: Typed, wanted: PythonType): boolean {
  return !Array.isArray(list) || items.every((one) => !('fault' in checkType(one, list, wanted, undefined)))
}

const plainIn = (value: Typed): Typed => (typeof value === 'string' ? plainText(value) : value)

const stringFault = (value: string, accepted: readonly Typed[]) =>
  accepted.some((one) => typeof one === 'string' && plainText(one) === plainText(value)) ? null : 'value_error:string'

function listFault(items: readonly Typed[], accepted: readonly Typed[]): string | null {
  const given = items.map(plainIn)
  // The checker walks what it accepts item by item: the empty text, which stands for "left out", comes out as the empty list.
  const lists = accepted.map((one) => (Array.isArray(one) ? one : one === '' ? [] : [one]).map(plainIn))
  return lists.some((list) => isEqual(list, given)) ? null : 'value_error:list/tuple'
}

function dictFault(given: TypedObject, accepted: readonly Typed[]): string | null {
  let fault: string | null = 'value_error:dict_value'
  for (const one of accepted) {
    if (one === '' || !isTypedObject(one)) continue
    fault = oneDictFault(given, one)
    if (fault === null) return null
  }
  return fault
}

function oneDictFault(given: TypedObject, answer: TypedObject): string | null {
  for (const [key, value] of Object.entries(given)) {
    if (!Object.hasOwn(answer, key)) return 'value_error:dict_key'
    const values = answer[key]
    if (!Array.isArray(values) || !values.some((one) => isEqual(plainIn(one), plainIn(value))))
      return 'value_error:dict_value'
  }
  for (const [key, values] of Object.entries(answer))
    if (!Object.hasOwn(given, key) && !(Array.isArray(values) && values.includes(''))) return 'value_error:dict_key'
  return null
}

function dictsFault(given: readonly Typed[], accepted: readonly Typed[]): string | null {
  let fault: string | null = 'value_error:list_dict_count'
  for (const list of accepted) {
    if (!Array.isArray(list) || list.length !== given.length) {
      fault = 'value_error:list_dict_count'
      continue
    }
    fault = null
    for (const [at, one] of given.entries()) {
      fault ??= isTypedObject(one) ? dictFault(one, [list[at] as Typed]) : 'value_error:dict_value'
    }
    if (fault === null) return null
  }
  return fault
}

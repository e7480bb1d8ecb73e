import { isObject } from '../lib/json.ts'
import { jsonType, schemaType } from './resultFields.ts'

/**
 * Why a value of these types may not fit a parameter, as a sentence; null where it fits, or where too little is known to say. Nothing
 * is coerced at run time: a text stays a text, and the call fails.
 */
export function misfit(given: string, parameter: unknown): string | null {
  const wanted = schemaType(parameter)
  if (given === 'any' || wanted === 'any') return null
  const takes = wanted.split(' | ')
  const misfits = given.split(' | ').filter((type) => !takes.some((one) => fits(type, one)))
  if (misfits.length === 0) return enumMisfit(given, parameter)
  if (misfits.every((type) => type === 'number') && takes.includes('integer'))
    return 'It may have a fraction, and the parameter takes whole numbers: such a call fails.'
  if (misfits.length < given.split(' | ').length)
    return `It may be ${nounOf(misfits[0] ?? '')}, and the parameter takes ${takes.map(nounOf).join(' or ')}: such a call fails.`
  return `It is ${misfits.map(nounOf).join(' or ')}, and the parameter takes ${takes.map(nounOf).join(' or ')}: such a call fails.`
}

const fits = (given: string, wanted: string) => given === wanted || (given === 'integer' && wanted === 'number')

/** A parameter that takes a few values alone may refuse what a result gives. */
function enumMisfit(given: string, parameter: unknown): string | null {
  if (!isObject(parameter) || !Array.isArray(parameter.enum)) return null
  const types = new Set(parameter.enum.map(jsonType))
  if (!given.split(' | ').some((type) => types.has(type))) return null
  return `The parameter takes ${parameter.enum.length === 1 ? 'one value' : `one of ${parameter.enum.length} values`} alone: a call with another one fails.`
}

const NOUNS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
}

/** JSON Schema's word for a type in plain words, as it stands in a sentence. */
export const nounOf = (type: string): string => NOUNS[type] ?? type

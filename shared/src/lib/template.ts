import { isObject } from './json.ts'
import { jsonLength } from './jsonSize.ts'

// Placeholders `{{name}}` in texts. Invariants:
// 1. What is put in is data: it is never searched for placeholders again.
// 2. What is put in is bounded: a short template can name one large value any number of times.

/** Gives the value of a placeholder; undefined where there is none. */
export type Lookup = (name: string) => unknown

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g
const ONE_PLACEHOLDER = /^\{\{([^{}]*)\}\}$/

/** The names of a text's placeholders, in order. */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map((found) => nameOf(found[1]))
}

/** The names of all placeholders in the texts of a JSON value, keys of objects not included. */
export function placeholdersInJson(value: unknown): string[] {
  if (typeof value === 'string') return placeholdersIn(value)
  if (Array.isArray(value)) return value.flatMap(placeholdersInJson)
  return isObject(value) ? Object.values(value).flatMap(placeholdersInJson) : []
}

/** Whether a JSON value can be a template that gives the value itself: there is no way to write `{{` that is no placeholder. */
export function isLiteral(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('{{')
  return Array.isArray(value) ? value.every(isLiteral) : !isObject(value) || Object.values(value).every(isLiteral)
}

/** The name of the placeholder that a text consists of, or null when it is anything else. */
export function onlyPlaceholder(text: string): string | null {
  const found = ONE_PLACEHOLDER.exec(text)
  return found ? nameOf(found[1]) : null
}

/** What is wrong with a text's placeholders, as half a sentence; null when nothing is. */
export function placeholderFault(text: string): string | null {
  if (placeholdersIn(text).includes('')) return 'holds {{}} without a name'
  if (text.replace(PLACEHOLDER, '').includes('{{')) return 'holds {{ that is never closed by }}'
  return null
}

/** The most characters that are put in: the largest result a tool may have (10 MB), and what may stand around it. */
export const MOST_FILLED = 16 * 1024 * 1024

/** How much may still be put in. Fills that share one stay within it together. */
export interface Room {
  left: number
}
export const roomToFill = (): Room => ({ left: MOST_FILLED })

/** Thrown where more would be put in than there is room for; the message is a sentence for who wrote the template. */
export class Overfilled extends Error {
  override name = 'Overfilled'
  constructor() {
    super(
      `What its placeholders put in is larger than ${MOST_FILLED / 1024 / 1024} MB: use fewer placeholders or smaller values.`,
    )
  }
}

/**
 * Puts values into a text, each through `encode`. A placeholder without a value becomes nothing. Throws `Overfilled` where there is no
 * room.
 */
export function fillText(
  text: string,
  lookup: Lookup,
  encode: (value: string) => string = (value) => value,
  room = roomToFill(),
): string {
  return text.replace(PLACEHOLDER, (_whole, name: string) => {
    const value = lookup(nameOf(name))
    if (value === undefined) return ''
    take(room, value)
    return encode(asText(value))
  })
}

/**
 * Puts values into every text of a JSON value. A text that is one placeholder becomes the value itself, with its type; where there is
 * no value an object loses the key, and a list or the whole holds null. Throws `Overfilled` where there is no room.
 */
export function fillJson(template: unknown, lookup: Lookup, room = roomToFill()): unknown {
  return fill(template, lookup, room) ?? null
}

/** A value as it stands in a text: text as it is, anything else as compact JSON. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

function fill(template: unknown, lookup: Lookup, room: Room): unknown {
  if (typeof template === 'string') {
    const name = onlyPlaceholder(template)
    if (name === null) return fillText(template, lookup, undefined, room)
    const value = lookup(name)
    if (value !== undefined) take(room, value)
    return value
  }
  if (Array.isArray(template)) return template.map((item) => fillJson(item, lookup, room))
  if (!isObject(template)) return template
  const entries = Object.entries(template).map(([key, inner]) => [key, fill(inner, lookup, room)] as const)
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined))
}

function take(room: Room, value: unknown) {
  room.left -= jsonLength(value, room.left)
  if (room.left < 0) throw new Overfilled()
}

function nameOf(inside: string | undefined): string {
  return (inside ?? '').trim()
}

import { isObject } from './json.ts'

// Placeholders `{{name}}` in texts. What is put in is data: it is never searched for placeholders again.

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

/** Puts values into a text, each through `encode`. A placeholder without a value becomes nothing. */
export function fillText(text: string, lookup: Lookup, encode: (value: string) => string = (value) => value): string {
  return text.replace(PLACEHOLDER, (_whole, name: string) => {
    const value = lookup(nameOf(name))
    return value === undefined ? '' : encode(asText(value))
  })
}

/**
 * Puts values into every text of a JSON value. A text that is one placeholder becomes the value itself, with its type; where there is
 * no value an object loses the key, and a list or the whole holds null.
 */
export function fillJson(template: unknown, lookup: Lookup): unknown {
  return fill(template, lookup) ?? null
}

/** A value as it stands in a text: text as it is, anything else as compact JSON. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

function fill(template: unknown, lookup: Lookup): unknown {
  if (typeof template === 'string') {
    const name = onlyPlaceholder(template)
    return name === null ? fillText(template, lookup) : lookup(name)
  }
  if (Array.isArray(template)) return template.map((item) => fillJson(item, lookup))
  if (!isObject(template)) return template
  const entries = Object.entries(template).map(([key, inner]) => [key, fill(inner, lookup)] as const)
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined))
}

function nameOf(inside: string | undefined): string {
  return (inside ?? '').trim()
}

// Parts of sentences about values and choices, for messages that people read.

/** `"a"`, `"a" or "b"`, `"a", "b" or "c"`. */
export function listOr(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`)
  const last = quoted.pop() ?? 'nothing'
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`
}

/** What a value is: `text "twice"`, `the number 3`, `a list`, `null`. Long texts are cut. */
export function whatItIs(value: unknown): string {
  if (typeof value === 'string') return value === '' ? 'empty text' : `text "${shorten(value)}"`
  if (typeof value === 'number') return `the number ${value}`
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  return String(value)
}

/** `1 call`, `14 calls` */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** The beginning of a text, with `…` where it was cut. */
export function shorten(text: string, length = 40): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`
}

/** `a`, `a and b`, `a, b and c`. */
export function listAnd(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}

/**
 * The beginning of a text, cut between words and before signs: never inside something that could be a key, so that what hides keys
 * afterwards still finds them whole.
 */
export function shortenBetweenWords(text: string, length: number): string {
  if (text.length <= length) return text
  const beginning = text.slice(0, length)
  const isInWord = /[\w+/=.~-]$/.test(beginning) && /^[\w+/=.~-]/.test(text.slice(length))
  return `${isInWord ? beginning.replace(/[\w+/=.~-]+$/, '') : beginning}…`
}

/** A name for a copy that nothing has yet: "Copy of X", "Copy of X 2" … */
export function copyName(name: string, taken: Iterable<string>): string {
  const has = new Set(taken)
  const base = name.startsWith('Copy of ') ? name.slice(0, 190) : `Copy of ${name}`.slice(0, 190)
  if (!has.has(base)) return base
  for (let number = 2; ; number++) if (!has.has(`${base} ${number}`)) return `${base} ${number}`
}

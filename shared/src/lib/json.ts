export type Json = null | boolean | number | string | Json[] | JsonObject
export type JsonObject = { [key: string]: Json }

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** JSON with the keys of every object sorted: equal values give equal text, whatever the order of their keys. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner) =>
    isObject(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  )
}

/** Whether two JSON values are equal, keys in any order. */
export function isEqualJson(one: unknown, other: unknown): boolean {
  return one === other || canonicalJson(one) === canonicalJson(other)
}

/** A JSON Pointer (RFC 6901) from its parts: `['tools', 0, 'a/b']` gives `/tools/0/a~1b`. */
export function jsonPointer(parts: readonly PropertyKey[]): string {
  return parts.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** Whether a number was written as a whole one, without point and exponent: many who read JSON tell 5 and 5.0 apart. */
export const isWrittenWhole = (written: string): boolean => !/[.eE]/.test(written)

/** As `JSON.parse`, with what `read` makes of each number and of how it was written in the number's place. */
export function parseNumbers(text: string, read: (value: number, written: string) => unknown): unknown {
  const revive = (_key: string, value: unknown, { source }: { source?: string }) =>
    typeof value === 'number' && source !== undefined ? read(value, source) : value
  return (JSON.parse as (text: string, revive: (...given: never[]) => unknown) => unknown)(text, revive)
}

/**
 * Whether a JSON text nests deeper than `limit` levels of arrays and objects. Reads the text without parsing it, so that a
 * document can be refused before it is read in.
 */
export function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === 0x5c) at++
      else if (code === 0x22) inString = false
    } else if (code === 0x22) inString = true
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > limit) return true
    } else if (code === 0x7d || code === 0x5d) depth--
  }
  return false
}

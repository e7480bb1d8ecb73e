import { isObject } from '../lib/json.ts'

/** A text without what the leaderboard's checker does not count: spaces, some signs, case, and the kind of quotes. */
export const plainText = (text: string): string =>
  text
    .replace(/[ ,./\-_*^]/g, '')
    .toLowerCase()
    .replaceAll("'", '"')

/** A JSON value with every text in it made plain. */
export function plainTextsIn(value: unknown): unknown {
  if (typeof value === 'string') return plainText(value)
  if (Array.isArray(value)) return value.map(plainTextsIn)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainTextsIn(inner)]))
}

import { isObject } from '../lib/json.ts'

// Whether a text or an argument makes use of a value, told by the words and numbers they share. A hint, not a proof: rules that build on
// it stay silent where a value says nothing that could be recognised.

const MOST_LEAVES = 4000
const SHORTEST_WORD = 4

/** Every word and number of a value, as it is compared: words in lower case, numbers as JavaScript writes them. */
export function tokensOf(value: unknown): Set<string> {
  const tokens = new Set<string>()
  for (const leaf of leavesOf(value)) for (const token of tokensOfLeaf(leaf)) tokens.add(token)
  return tokens
}

/**
 * What is recognisable of a value: words of four letters and more, words with digits, numbers that do not stand anywhere. `known` are
 * tokens that prove nothing, since they were there before.
 */
export function marksOf(value: unknown, known: ReadonlySet<string>): Set<string> {
  const marks = new Set<string>()
  for (const leaf of leavesOf(value)) {
    if (typeof leaf === 'number') {
      if (isTelling(leaf)) for (const form of formsOf(leaf)) if (!known.has(form)) marks.add(form)
      continue
    }
    for (const token of tokensOfLeaf(leaf)) {
      const number = Number(token)
      const tells = Number.isNaN(number) ? token.length >= SHORTEST_WORD || /\d/.test(token) : isTelling(number)
      if (tells && !known.has(token)) marks.add(token)
    }
  }
  return marks
}

export function isDisjoint(marks: ReadonlySet<string>, tokens: ReadonlySet<string>): boolean {
  for (const mark of marks) if (tokens.has(mark)) return false
  return true
}

/** A small whole number stands in many texts by chance. */
const isTelling = (number: number) => !Number.isInteger(number) || Math.abs(number) >= 10

/** A number as it is, and as someone would round it. */
function formsOf(number: number): string[] {
  const rounded = Number.isInteger(number) ? [] : [0, 1, 2].map((digits) => Number(number.toFixed(digits)))
  return [number, ...rounded.filter(isTelling)].map(String)
}

function tokensOfLeaf(leaf: string | number | boolean): string[] {
  if (typeof leaf === 'number') return formsOf(leaf)
  if (typeof leaf === 'boolean') return []
  const numbers = (leaf.match(/-?\d+(?:,\d{3})*(?:\.\d+)?/g) ?? []).map((found) =>
    String(Number(found.replaceAll(',', ''))),
  )
  const words = leaf.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}_-]*/gu) ?? []
  return [...words, ...numbers]
}

function* leavesOf(value: unknown): Generator<string | number | boolean> {
  const open: unknown[] = [value]
  for (let count = 0; open.length > 0 && count < MOST_LEAVES; count++) {
    const next = open.pop()
    if (Array.isArray(next)) open.push(...next.slice(0, MOST_LEAVES))
    else if (isObject(next)) open.push(...Object.values(next).slice(0, MOST_LEAVES))
    else if (typeof next === 'string') yield next.slice(0, 20_000)
    else if (typeof next === 'number' || typeof next === 'boolean') yield next
  }
}

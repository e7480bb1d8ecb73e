// Finding a line by a few of its letters. Pure.

export interface FuzzyMatch {
  /** Higher is better. */
  score: number
  /** Which letters of the text were meant. */
  positions: readonly number[]
}

const START_OF_WORD = 8
const AFTER_THE_LAST = 5
const WHOLE_WORDS = 40

/**
 * Matches when every letter of `words` stands in the text in that order. Letters at the beginnings of words and letters side by side
 * count more, and words that stand in the text as they were typed most. Spaces separate words that may stand in any order.
 */
export function fuzzyMatch(text: string, words: string): FuzzyMatch | null {
  const matches: FuzzyMatch[] = []
  let left = text.toLowerCase()
  for (const word of words.toLowerCase().split(/\s+/).filter(Boolean)) {
    // A letter is meant once; only where nothing else fits may two words mean the same.
    const match = matchWord(text, left, word) ?? matchWord(text, text.toLowerCase(), word)
    if (!match) return null
    matches.push(match)
    left = left
      .split('')
      .map((letter, at) => (match.positions.includes(at) ? TAKEN : letter))
      .join('')
  }
  return {
    score: matches.reduce((sum, one) => sum + one.score, 0) - text.length * 0.05,
    positions: [...new Set(matches.flatMap((one) => one.positions))].sort((one, other) => one - other),
  }
}

const TAKEN = '\0'

function matchWord(text: string, lower: string, word: string): FuzzyMatch | null {
  const whole = wholeAt(text, lower, word)
  if (whole >= 0) {
    const bonus = isStart(text, whole) ? START_OF_WORD * 2 : 0
    return { score: WHOLE_WORDS + bonus + word.length, positions: [...word].map((_, at) => whole + at) }
  }
  // The best of the ways that begin at different places: each goes on with the next letter that fits.
  let best: FuzzyMatch | null = null
  for (let start = lower.indexOf(word[0] ?? ''); start >= 0; start = lower.indexOf(word[0] ?? '', start + 1)) {
    const match = matchFrom(text, lower, word, start)
    if (match && (!best || match.score > best.score)) best = match
  }
  return best
}

/** Where the word stands as it was typed: at the beginning of a word if it does anywhere. */
function wholeAt(text: string, lower: string, word: string): number {
  for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) if (isStart(text, at)) return at
  return lower.indexOf(word)
}

function matchFrom(text: string, lower: string, word: string, start: number): FuzzyMatch | null {
  const positions: number[] = []
  let score = 0
  let from = start
  for (const letter of word) {
    const next = lower.indexOf(letter, from)
    if (next < 0) return null
    const last = positions.at(-1)
    const isNext = last !== undefined && next === last + 1
    score += 1 + (isNext ? AFTER_THE_LAST : 0) + (isStart(text, next) ? START_OF_WORD : 0)
    // Letters far from one another are hardly what was meant.
    if (last !== undefined && !isNext) score -= Math.min(4, (next - last) / 4)
    positions.push(next)
    from = next + 1
  }
  return { score, positions }
}

const isStart = (text: string, at: number) =>
  at === 0 ||
  !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '') ||
  (/\p{Lu}/u.test(text[at] ?? '') && /\p{Ll}/u.test(text[at - 1] ?? ''))

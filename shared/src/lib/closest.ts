/** The choice that a mistyped word most likely meant; undefined when none is near. */
export function closest(word: string, choices: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.min(3, Math.floor(word.length / 3)))
  let best: { choice: string; distance: number } | undefined
  for (const choice of choices) {
    if (Math.abs(choice.length - word.length) > limit || choice === word) continue
    const distance = editDistance(word.toLowerCase(), choice.toLowerCase())
    if (distance <= limit && (!best || distance < best.distance)) best = { choice, distance }
  }
  return best?.choice
}

/** How many letters must be put in, taken out or changed to make one word of the other. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let line = 1; line <= one.length; line++) {
    const next = [line]
    for (let column = 1; column <= other.length; column++) {
      const change = (row[column - 1] ?? 0) + (one[line - 1] === other[column - 1] ? 0 : 1)
      next.push(Math.min(change, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? 0
}

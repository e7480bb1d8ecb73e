/** A fault in a document: where it is (JSON Pointer), and a sentence that names the thing and the way out. */
export interface Problem {
  pointer: string
  message: string
}

/** So many problems are told at once; who has more begins with these. */
export const MOST_PROBLEMS = 200

/** The problems of a list's items, in order. Ends soon after there are more than anyone is told: a bad document must not cost minutes. */
export function problemsIn<Item>(items: Iterable<Item>, check: (item: Item) => readonly Problem[]): Problem[] {
  const problems: Problem[] = []
  for (const item of items) {
    problems.push(...check(item))
    if (problems.length > MOST_PROBLEMS) break
  }
  return problems
}

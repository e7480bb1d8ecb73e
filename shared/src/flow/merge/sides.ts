/** The same thing as it was, and as each side has it now. */
export interface Sides<Value> {
  base: Value
  mine: Value
  theirs: Value
}

export const SIDES = ['base', 'mine', 'theirs'] as const

/** Takes the same part of each side. */
export function each<From, To>({ base, mine, theirs }: Sides<From>, take: (side: From) => To): Sides<To> {
  return { base: take(base), mine: take(mine), theirs: take(theirs) }
}

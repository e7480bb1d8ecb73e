/** What all of these have, or `several` where they differ. */
export function common<Thing, Value>(things: readonly Thing[], read: (thing: Thing) => Value): Value | 'several' {
  const [first, ...rest] = things.map(read)
  return first !== undefined && rest.every((value) => value === first) ? first : 'several'
}

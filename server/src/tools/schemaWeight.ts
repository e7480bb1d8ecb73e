import { isObject } from '@volley/shared/lib/json.ts'

/**
 * How many schemas a value may meet when each local `$ref` is written out: definitions that use each other twice, thirty levels deep,
 * are short to write and take minutes to apply. A reference back to what holds it counts as one, since values end.
 */
export function weightOf(root: unknown, pointers: (ref: string) => unknown): number {
  const known = new Map<object, number>()
  const weigh = (node: unknown): number => {
    if (typeof node !== 'object' || node === null) return 0
    const before = known.get(node)
    if (before !== undefined) return before
    known.set(node, 1)
    let weight = isObject(node) ? 1 : 0
    for (const [key, inner] of Object.entries(node)) {
      const isRef = (key === '$ref' || key === '$dynamicRef') && typeof inner === 'string'
      weight += weigh(isRef ? pointers(inner) : inner)
    }
    known.set(node, weight)
    return weight
  }
  return weigh(root)
}

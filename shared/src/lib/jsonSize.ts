// How large a JSON value is, told without writing it down or following it down by recursion: both fail on what is hostile.

/**
 * The characters of a value as compact JSON, escapes inside texts not counted; stops soon after `most`, so that asking about anything
 * costs no more than what was asked for.
 */
export function jsonLength(value: unknown, most = Number.POSITIVE_INFINITY): number {
  let length = 0
  const open: unknown[] = [value]
  while (open.length > 0 && length <= most) {
    const next = open.pop()
    if (typeof next === 'string') length += next.length + 2
    else if (typeof next !== 'object' || next === null) length += String(next).length
    else if (Array.isArray(next)) {
      length += Math.max(2, next.length + 1)
      if (length <= most) for (const item of next) open.push(item)
    } else {
      let keys = 0
      for (const key of Object.keys(next)) {
        length += key.length + 3
        keys++
        if (length > most) return length
        open.push((next as Record<string, unknown>)[key])
      }
      length += Math.max(2, keys + 1)
    }
  }
  return length
}

/** Whether a value nests deeper than `limit` levels of arrays and objects. */
export function isNestedDeeperThan(value: unknown, limit: number): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    const inner: unknown[] = []
    for (const one of level) {
      if (typeof one !== 'object' || one === null) continue
      if (depth === limit) return true
      for (const next of Object.values(one)) if (typeof next === 'object' && next !== null) inner.push(next)
    }
    level = inner
  }
  return false
}

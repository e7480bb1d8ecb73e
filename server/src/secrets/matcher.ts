/** Finds any of many texts in a text, in one pass. */
export interface Matcher {
  /** How many texts are looked for. */
  readonly size: number
  /** The places where one begins and ends, in order; those that overlap or touch as one. */
  find(text: string): { from: number; to: number }[]
  /** Where a beginning of one of them, cut off by the text's end, starts; the text's length when there is none. */
  openAt(text: string): number
}

/** A matcher for these texts, each at least four characters long. They are compared only where their first four characters stand. */
export function createMatcher(needles: readonly string[]): Matcher {
  const isBegin = new Uint8Array(0x10000)
  const byBegin = new Map<string, string[]>()
  const byFirst = new Map<number, string[]>()
  let longest = 0
  for (const needle of new Set(needles)) {
    const first = needle.charCodeAt(0)
    const begin = beginAt(needle, 0)
    isBegin[slotOf(first, needle.charCodeAt(1))] = 1
    listIn(byBegin, begin).push(needle)
    listIn(byFirst, first).push(needle)
    longest = Math.max(longest, needle.length)
  }

  return {
    size: new Set(needles).size,
    find(text) {
      const found: { from: number; to: number }[] = []
      let code = text.charCodeAt(0)
      for (let at = 0; at < text.length - 1; at++) {
        const next = text.charCodeAt(at + 1)
        const slot = slotOf(code, next)
        code = next
        if (isBegin[slot] === 0) continue
        let to = 0
        for (const needle of byBegin.get(beginAt(text, at)) ?? [])
          if (at + needle.length > to && text.startsWith(needle, at)) to = at + needle.length
        if (to === 0) continue
        const last = found.at(-1)
        if (last && at <= last.to) last.to = Math.max(last.to, to)
        else found.push({ from: at, to })
      }
      return found
    },
    openAt(text) {
      for (let at = Math.max(0, text.length - longest + 1); at < text.length; at++) {
        const left = text.length - at
        for (const needle of byFirst.get(text.charCodeAt(at)) ?? [])
          if (needle.length > left && needle.startsWith(text.slice(at))) return at
      }
      return text.length
    },
  }
}

const beginAt = (text: string, at: number) => text.slice(at, at + 4)
const slotOf = (first: number, second: number) => (first * 31 + second) & 0xffff

function listIn<Key>(lists: Map<Key, string[]>, key: Key): string[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

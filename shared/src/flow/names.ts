import { RESERVED_NAMES } from './check.ts'
import { TOOL_NAME } from './flow.ts'

/** Gives out tool names that are legal and not taken yet, each as near to the wanted one as can be. */
export function createNames(taken: Iterable<string> = []) {
  const used = new Set<string>([...RESERVED_NAMES, 'agent', ...taken])
  // Where the count of each base stands: a thousand equal names must not be tried a million times.
  const counts = new Map<string, number>()
  return {
    take(wanted: string): string {
      const base = legal(wanted)
      let name = base
      for (let number = counts.get(base) ?? 2; used.has(name); number++) {
        const suffix = `_${number}`
        name = base.slice(0, 64 - suffix.length) + suffix
        counts.set(base, number + 1)
      }
      used.add(name)
      return name
    },
  }
}

function legal(wanted: string): string {
  if (TOOL_NAME.test(wanted)) return wanted
  const plain = wanted
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-zA-Z0-9_-]+/g, '_')
    .slice(0, 64)
  return /[a-zA-Z0-9]/.test(plain) ? plain : 'tool'
}

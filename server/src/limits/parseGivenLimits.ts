import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import { type GivenLimit, keyOfProvider } from './limitsOf.ts'

const ENTRY = /^(?<name>[^=\s]+)\s*=\s*(?<count>\d{1,6})(?:\s*\/\s*(?<per>\d{1,8}))?$/
const MOST = { places: 100_000, starts: 1_000, perMs: 86_400_000 }

/**
 * Reads what an operator allows over all runs and servers: `api.example.com=8` is eight calls to that host at once, `openai=50/60000` fifty
 * requests to that provider in any 60,000 milliseconds. A host has its port where it is not the usual one.
 */
export function parseGivenLimits(text: string): Result<GivenLimit[], string> {
  const limits: GivenLimit[] = []
  for (const entry of text.split(',').flatMap((part) => part.trim() || [])) {
    const { name = '', count = '', per } = ENTRY.exec(entry)?.groups ?? {}
    const [number, perMs] = [Number(count), per === undefined ? null : Number(per)]
    const isWithin = perMs === null ? number <= MOST.places : number <= MOST.starts && perMs >= 1 && perMs <= MOST.perMs
    if (name === '' || number < 1 || !isWithin)
      return err(
        `VOLLEY_LIMITS: "${entry}" is no limit: write <host or provider>=<at once> or <host or provider>=<count up to ${MOST.starts}>/<milliseconds>`,
      )
    const limit: GivenLimit = {
      name: keyOfProvider(name.toLowerCase()),
      ...(perMs === null ? { most: number } : { rate: { limit: number, perMs } }),
    }
    if (limits.some((other) => other.name === limit.name && 'rate' in other === 'rate' in limit))
      return err(`VOLLEY_LIMITS: "${entry}" is the second limit of its kind for ${limit.name}: leave one of them out`)
    limits.push(limit)
  }
  return ok(limits)
}

import { policyOf } from '@volley/shared/flow/defaults.ts'
import type { Tool } from '@volley/shared/flow/flow.ts'
import type { HeldBy } from '@volley/shared/run/heldBy.ts'
import type { Rate } from './startWindow.ts'

/** A limit that all runs share. Limits with the same key count together. */
export type CommonLimit = { key: string; held: HeldBy /** No other run can have it. */; isOfRun?: true } & (
  | { kind: 'places'; most: number }
  | { kind: 'rate'; rate: Rate }
)

/** What an operator allows for a host or a provider: see `parseGivenLimits`. */
export interface GivenLimit {
  name: string
  most?: number
  rate?: Rate
}

/**
 * The limits a call is under, in the order they are waited for: places before rates, since a start that was reserved must be used when its time
 * comes, and tools before hosts everywhere, so that no two calls wait for each other. A tool that runs a flow holds no place over all runs: what
 * its run calls may need that very place.
 */
export function limitsOfCall({
  flow,
  runId,
  tool,
  given,
}: {
  flow: string | null
  runId: string
  tool: Tool
  given: readonly GivenLimit[]
}): CommonLimit[] {
  const { concurrency, rate } = policyOf(tool)
  const own = {
    name: tool.name,
    // Within one run its own gate counts the places.
    ...(Number.isFinite(concurrency) && flow !== null && tool.run.kind !== 'flow' ? { most: concurrency } : {}),
    ...(rate ? { rate } : {}),
  }
  const host = hostOf(tool)
  return inOrder([
    ...limitsOf('tool', `${flow ?? runId}/${tool.name}`, own).map((limit) =>
      flow === null ? { ...limit, isOfRun: true as const } : limit,
    ),
    ...given.filter(({ name }) => name === host).flatMap((limit) => limitsOf('host', limit.name, limit)),
  ])
}

/** The limits of a request to a provider. */
export function limitsOfRequest(provider: string, given: readonly GivenLimit[]): CommonLimit[] {
  // Operators write names as they like.
  const key = keyOfProvider(provider).toLowerCase()
  return inOrder(given.filter(({ name }) => name === key).flatMap((limit) => limitsOf('provider', limit.name, limit)))
}

/** Both ways of asking OpenAI use one key. */
export const keyOfProvider = (provider: string): string => (provider === 'openai-chat' ? 'openai' : provider)

/** The host that a tool's requests go to, with its port where that is not the usual one; null for tools that send none themselves. */
export function hostOf({ run }: Tool): string | null {
  if (run.kind !== 'http') return null
  // Placeholders stand for parts of the path or query alone.
  const [, host] = /^https?:\/\/(?:[^/?#@]*@)?([^/?#]+)/i.exec(run.url) ?? []
  return host?.toLowerCase() ?? null
}

function limitsOf(of: HeldBy['of'], id: string, { name, most, rate }: GivenLimit): CommonLimit[] {
  const limits: CommonLimit[] = []
  if (most !== undefined)
    limits.push({ key: `${of} places ${id}`, kind: 'places', most, held: { of, name, kind: 'places', most } })
  if (rate)
    limits.push({
      key: `${of} rate ${id}`,
      kind: 'rate',
      rate,
      held: { of, name, kind: 'rate', most: rate.limit, perMs: rate.perMs },
    })
  return limits
}

const inOrder = (limits: CommonLimit[]) => [
  ...limits.filter(({ kind }) => kind === 'places'),
  // The longest first: what it lets through at once, the shorter ones still spread.
  ...limits.filter((limit) => limit.kind === 'rate').sort((one, other) => other.rate.perMs - one.rate.perMs),
]

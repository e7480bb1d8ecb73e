import { z } from 'zod'

/**
 * A limit over all runs that kept a call or a turn in line: `places`, so many (`most`) at once; `rate`, so many (`most`) begun in any `perMs`
 * milliseconds; `pause`, the other side said when it wants to be asked again. `name` is the tool's, the host's or the provider's.
 */
export const heldBySchema = z.object({
  of: z.enum(['tool', 'host', 'provider']),
  name: z.string(),
  kind: z.enum(['places', 'rate', 'pause']),
  most: z.number().exactOptional(),
  perMs: z.number().exactOptional(),
})
export type HeldBy = z.output<typeof heldBySchema>

/** The limit as people read it: `5 of get_forecast in 1 s, over all runs`. */
export function heldWords({ of, name, kind, most = 0, perMs = 0 }: HeldBy): string {
  if (kind === 'pause') return `${name} asked for a pause`
  const what =
    of === 'tool'
      ? `${most} of ${name}`
      : `${most} ${of === 'host' ? 'call' : 'request'}${most === 1 ? '' : 's'} to ${name}`
  return `${what} ${kind === 'places' ? 'at once' : `in ${perMs < 1000 ? `${perMs} ms` : `${perMs / 1000} s`}`}, over all runs`
}

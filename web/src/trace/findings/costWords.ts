import type { Finding } from '@volley/shared/trace/findings/finding.ts'
import { duration } from '../format.ts'

/** What a finding cost: time where it took any, else tokens; null where neither can be told. */
export function costWords({ costMs, lostTokens }: Pick<Finding, 'costMs' | 'lostTokens'>): string | null {
  if (costMs > 0) return duration(costMs)
  return lostTokens > 0 ? `about ${lostTokens.toLocaleString('en')} tokens` : null
}

import type { Usage } from './events.ts'

export const NO_USAGE: Usage = { inputTokens: 0, outputTokens: 0 }

export function addUsage(one: Usage, other: Usage): Usage {
  const cached = (one.cachedTokens ?? 0) + (other.cachedTokens ?? 0)
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    ...(one.cachedTokens === undefined && other.cachedTokens === undefined ? {} : { cachedTokens: cached }),
  }
}

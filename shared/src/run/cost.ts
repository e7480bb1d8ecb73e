import type { Usage } from './events.ts'
import type { Price } from './price.ts'
import type { RunState } from './state.ts'

/**
 * What the messages of a run cost in USD, by the tokens that the provider reported; cached ones at their own price. Null where any part is
 * not known: a message without reported tokens, cached tokens without a price for them, a message longer than the price holds for.
 * Tries that broke off before their tokens were reported are not counted.
 */
export function costOf({ turns }: Pick<RunState, 'turns'>, price: Price): number | null {
  const messages = turns.filter((turn) => turn.messageFinishedAt !== null)
  if (messages.length === 0) return null
  let total = 0
  for (const { usage } of messages) {
    const cost = messageCost(usage, price)
    if (cost === null) return null
    total += cost
  }
  // To a ten-billionth of a dollar: finer than any price, coarser than what adding leaves behind.
  return Math.round(total * 1e10) / 1e10
}

function messageCost({ inputTokens, outputTokens, cachedTokens = 0 }: Usage, price: Price): number | null {
  const { inputUsd, outputUsd, cachedUsd, upToInputTokens = Number.POSITIVE_INFINITY } = price
  // No model answers to nothing: the server did not say how many tokens it read.
  if (inputTokens === 0 || inputTokens > upToInputTokens) return null
  if (cachedTokens > 0 && cachedUsd === null) return null
  const cached = Math.min(cachedTokens, inputTokens)
  return ((inputTokens - cached) * inputUsd + cached * (cachedUsd ?? 0) + outputTokens * outputUsd) / 1_000_000
}

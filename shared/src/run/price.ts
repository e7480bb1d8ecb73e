import { z } from 'zod'

const usd = z.number().min(0, 'it must not be negative').max(1_000_000, 'it must be at most 1000000')

export const priceSchema = z.strictObject({
  /** USD per million tokens that the model reads, those read from a cache apart. */
  inputUsd: usd,
  /** USD per million tokens that the model writes. */
  outputUsd: usd,
  /** USD per million tokens that the provider read from its cache; null where that is not known. */
  cachedUsd: usd.nullable(),
  /** The price holds for messages of at most so many tokens read; what a longer one costs is not known. */
  upToInputTokens: z.number().int().min(1, 'it must be at least 1').exactOptional(),
  /** The day on which the price was seen. */
  date: z.iso.date('it must be a day such as 2026-11-28'),
  /** Where it was seen. */
  source: z.string().trim().min(1, 'say where the price is from').max(500, 'it must be at most 500 characters'),
})
/** What a model charges, when that was seen and where. */
export type Price = z.output<typeof priceSchema>

/** A row of the table of prices. `openai` stands for `openai-chat`, too: one provider, two protocols. */
export interface PriceEntry extends Price {
  provider: string
  model: string
  origin: 'built-in' | 'own'
  /** The built-in price that this own one stands in place of. */
  instead?: Price
}

import type { Price } from '@volley/shared/run/price.ts'

// Public list prices, as data: to be changed when providers change theirs. A row stands here only when its price is known, with the day on
// which it was seen; a model without a row, a dated snapshot of one too, has no price. Where a provider charges more for long messages,
// `upTo` is where its first price ends.

export interface BuiltInPrice extends Price {
  provider: string
  model: string
}

/** USD per million tokens: read, written, read from the cache. */
type Row = [model: string, inputUsd: number, outputUsd: number, cachedUsd: number, seen: string, upTo?: number]

const OPENAI: Row[] = [
  ['gpt-5.5', 5, 30, 0.5, '2026-10-05', 272_000],
  ['gpt-5.4', 2.5, 15, 0.25, '2026-03-31', 272_000],
  ['gpt-5.4-mini', 0.75, 4.5, 0.075, '2026-03-31'],
  ['gpt-5.4-nano', 0.2, 1.25, 0.02, '2026-03-31'],
  ['gpt-5.2', 1.75, 14, 0.175, '2025-12-11'],
  ['gpt-5.1', 1.25, 10, 0.125, '2025-11-24'],
  ['gpt-5', 1.25, 10, 0.125, '2025-11-24'],
  ['gpt-5-mini', 0.25, 2, 0.025, '2025-11-24'],
  ['gpt-5-nano', 0.05, 0.4, 0.005, '2025-11-24'],
  ['gpt-4.1', 2, 8, 0.5, '2025-11-24'],
  ['gpt-4.1-mini', 0.4, 1.6, 0.1, '2025-11-24'],
  ['gpt-4.1-nano', 0.1, 0.4, 0.025, '2025-11-24'],
  ['gpt-4o', 2.5, 10, 1.25, '2025-11-24'],
  ['gpt-4o-mini', 0.15, 0.6, 0.075, '2025-11-24'],
  ['o3', 2, 8, 0.5, '2025-11-24'],
  ['o4-mini', 1.1, 4.4, 0.275, '2025-11-24'],
]

const ANTHROPIC: Row[] = [
  ['claude-opus-5-5', 4, 20, 0.2, '2026-10-24'],
  ['claude-opus-5', 5, 25, 0.5, '2026-10-24'],
  ['claude-opus-4-8', 5, 25, 0.5, '2026-10-24'],
  ['claude-opus-4-7', 5, 25, 0.5, '2026-10-24'],
  ['claude-opus-4-6', 5, 25, 0.5, '2026-10-24'],
  ['claude-opus-4-5', 5, 25, 0.5, '2026-10-24'],
  ['claude-opus-4-1', 15, 75, 1.5, '2026-10-24'],
  ['claude-sonnet-5-5', 2, 10, 0.1, '2026-10-24'],
  ['claude-sonnet-5', 2, 10, 0.2, '2026-10-24'],
  ['claude-sonnet-4-6', 3, 15, 0.3, '2026-10-24'],
  ['claude-sonnet-4-5', 3, 15, 0.3, '2026-10-24'],
  ['claude-haiku-5-5', 0.1, 0.5, 0.01, '2026-10-24', 100_000],
  ['claude-haiku-4-5', 1, 5, 0.1, '2026-10-24'],
]

const rowsOf = (provider: string, source: string, rows: readonly Row[]): BuiltInPrice[] =>
  rows.map(([model, inputUsd, outputUsd, cachedUsd, date, upTo]) => ({
    provider,
    model,
    inputUsd,
    outputUsd,
    cachedUsd,
    ...(upTo === undefined ? {} : { upToInputTokens: upTo }),
    date,
    source,
  }))

export const BUILT_IN_PRICES: readonly BuiltInPrice[] = [
  ...rowsOf('openai', 'OpenAI’s public price list, developers.openai.com/api/docs/pricing, standard tier', OPENAI),
  ...rowsOf('anthropic', 'Anthropic’s public price list, platform.claude.com/docs/en/about-claude/pricing', ANTHROPIC),
]

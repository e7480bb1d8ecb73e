import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { costOf } from './cost.ts'
import type { Usage } from './events.ts'
import type { Price } from './price.ts'
import type { TurnState } from './state.ts'

const PRICE: Price = { inputUsd: 2, outputUsd: 8, cachedUsd: 0.5, date: '2026-01-01', source: 'a list' }

const turns = (...usages: (Usage | null)[]) => ({
  turns: usages.map(
    (usage, index): TurnState => ({
      turn: index + 1,
      text: '',
      calls: [],
      usage: usage ?? { inputTokens: 0, outputTokens: 0 },
      stopReason: 'end',
      retries: [],
      startedAt: 0,
      messageFinishedAt: usage ? 1 : null,
      finishedAt: null,
    }),
  ),
})

describe('what a run costs', () => {
  test('is what its messages read and wrote, cached tokens at their own price', () => {
    expect(costOf(turns({ inputTokens: 1_000_000, outputTokens: 500_000 }), PRICE)).toBe(6)
    expect(costOf(turns({ inputTokens: 1000, cachedTokens: 800, outputTokens: 100 }), PRICE)).toBe(0.0016)
    expect(costOf(turns({ inputTokens: 1000, outputTokens: 0 }, { inputTokens: 2000, outputTokens: 10 }), PRICE)).toBe(
      0.00608,
    )
  })

  test('is not known where a part of it is not', () => {
    const known = { inputTokens: 1000, outputTokens: 100 }
    expect(
      costOf(turns(known, { inputTokens: 10, cachedTokens: 1, outputTokens: 1 }), { ...PRICE, cachedUsd: null }),
    ).toBe(null)
    expect(costOf(turns(known, { inputTokens: 0, outputTokens: 0 }), PRICE)).toBe(null)
    expect(costOf(turns(known, { inputTokens: 2001, outputTokens: 0 }), { ...PRICE, upToInputTokens: 2000 })).toBe(null)
    expect(costOf(turns(), PRICE)).toBe(null)
    expect(costOf(turns(null), PRICE)).toBe(null)
  })

  test('needs no price of cached tokens where there were none', () => {
    expect(costOf(turns({ inputTokens: 1000, cachedTokens: 0, outputTokens: 0 }), { ...PRICE, cachedUsd: null })).toBe(
      0.002,
    )
  })

  test('counts a message that was cut off before its tokens were reported as nothing more', () => {
    expect(costOf(turns({ inputTokens: 1000, outputTokens: 0 }, null), PRICE)).toBe(0.002)
  })

  test('never falls when more is read or written', () => {
    const tokens = fc.integer({ min: 1, max: 1_000_000 })
    fc.assert(
      fc.property(tokens, tokens, tokens, (inputTokens, outputTokens, more) => {
        const cost = costOf(turns({ inputTokens, outputTokens }), PRICE) as number
        expect(costOf(turns({ inputTokens: inputTokens + more, outputTokens }), PRICE)).toBeGreaterThan(cost)
        expect(costOf(turns({ inputTokens, outputTokens: outputTokens + more }), PRICE)).toBeGreaterThan(cost)
        expect(costOf(turns({ inputTokens, cachedTokens: inputTokens, outputTokens }), PRICE)).toBeLessThan(cost)
      }),
    )
  })
})

import type { Price } from '@volley/shared/run/price.ts'
import { expect, test } from 'vitest'
import { aFlow, runWith } from '../testing/runWith.ts'

const PRICE: Price = { inputUsd: 1, outputUsd: 2, cachedUsd: null, date: '2026-11-01', source: 'a list' }
// Each turn of the scripted model reads 10 tokens and writes 5.
const TURNS = [{ calls: [{ tool: 'tide' }] }, { text: 'High.' }]

const askedFor: string[] = []
const prices = {
  find: (provider: string, model: string) => {
    askedFor.push(`${provider} ${model}`)
    return PRICE
  },
}

test('a run tells what it cost and with which price, in its last event and so in its record', async () => {
  const { of, run } = await runWith({ flow: aFlow(['tide']), turns: TURNS, prices })
  expect(of('run.finished')[0]).toMatchObject({ costUsd: 0.00004, price: PRICE })
  expect([run.costUsd, run.price]).toEqual([0.00004, PRICE])
  expect(new Set(askedFor)).toEqual(new Set(['scripted scripted-1']))
})

test('without a price the cost is unknown, not nothing', async () => {
  const { of } = await runWith({ flow: aFlow(['tide']), turns: TURNS })
  expect(of('run.finished')[0]?.costUsd).toBe(null)
  expect(of('run.finished')[0]).not.toHaveProperty('price')
})

test('a volley by hand asks no model, so that no price is known of it', async () => {
  const { run } = await runWith({ flow: aFlow(['tide']), batch: [{ tool: 'tide' }], prices })
  expect(run.costUsd).toBe(null)
})

test('a run that was cancelled costs what its messages reported up to then', async () => {
  const flow = aFlow(['tide'])
  const during = [{ at: 50, act: (engine: { cancel(runId: string): Promise<boolean> }) => void engine.cancel('run-1') }]
  const { run } = await runWith({ flow, turns: TURNS, tools: { tide: { ms: 500 } }, during, prices })
  expect([run.status, run.costUsd]).toEqual(['cancelled', 0.00002])
})

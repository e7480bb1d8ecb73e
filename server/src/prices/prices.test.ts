import { expect, test } from 'vitest'
import { PROVIDERS } from '../models/catalog.ts'
import { openStore } from '../store/store.ts'
import { temporaryFolder } from '../testing/temporaryFolder.ts'
import { BUILT_IN_PRICES } from './builtIn.ts'
import { builtInPrices, createPriceTable } from './prices.ts'

const MINE = { inputUsd: 1, outputUsd: 2, cachedUsd: null, date: '2026-11-01', source: 'our contract' }

test('each built-in price has a day and a source, and stands once', () => {
  const names = BUILT_IN_PRICES.map(({ provider, model }) => `${provider} ${model}`)
  expect(new Set(names).size).toBe(names.length)
  for (const { date, source, inputUsd, outputUsd, cachedUsd } of BUILT_IN_PRICES) {
    expect(date).toMatch(/^202\d-\d\d-\d\d$/)
    expect(source).not.toBe('')
    expect(inputUsd).toBeLessThan(outputUsd)
    expect(cachedUsd).toBeLessThan(inputUsd)
  }
})

test('a model that is offered has a price, but for the simulated one; any other name is unknown', () => {
  for (const [provider, { models }] of Object.entries(PROVIDERS))
    for (const model of models)
      expect([model, builtInPrices.find(provider, model) !== null]).toEqual([model, provider !== 'simulated'])
  expect(builtInPrices.find('openai', 'gpt-4.1-2099-01-01')).toBe(null)
  expect(builtInPrices.find('my-server', 'gpt-4.1')).toBe(null)
})

test('an own price counts instead of the built-in one, survives a restart, and can be reset', async () => {
  const folder = temporaryFolder()
  const first = await openStore(folder)
  const table = await createPriceTable(first.prices)
  const builtIn = table.find('openai', 'gpt-4.1')
  await table.put({ provider: 'openai', model: 'gpt-4.1', ...MINE })
  await table.put({ provider: 'my-server', model: 'llama', ...MINE })
  await first.close()

  const second = await openStore(folder)
  const again = await createPriceTable(second.prices)
  expect([again.find('openai', 'gpt-4.1'), again.find('openai-chat', 'gpt-4.1')]).toEqual([MINE, MINE])
  expect(again.list().filter(({ origin }) => origin === 'own')).toEqual([
    { provider: 'my-server', model: 'llama', ...MINE, origin: 'own' },
    { provider: 'openai', model: 'gpt-4.1', ...MINE, origin: 'own', instead: builtIn },
  ])
  expect([await again.reset('openai', 'gpt-4.1'), await again.reset('openai', 'gpt-4.1')]).toEqual([true, false])
  expect(again.find('openai', 'gpt-4.1')).toEqual(builtIn)
  expect(await again.resetAll()).toBe(1)
  expect(again.find('my-server', 'llama')).toBe(null)
  await second.close()
})

test('a price for one protocol of a provider counts before that of both', async () => {
  const store = await openStore(temporaryFolder())
  const table = await createPriceTable(store.prices)
  await table.put({ provider: 'openai-chat', model: 'gpt-4.1', ...MINE })
  expect(table.find('openai-chat', 'gpt-4.1')).toEqual(MINE)
  expect(table.find('openai', 'gpt-4.1')).not.toEqual(MINE)
  await store.close()
})

import { expect, test } from 'vitest'
import { variantNames, variantsOf } from './variants.ts'

const v = (version: number, model = 'm-1') => ({ version, provider: 'house', model, parallelism: 'graph' as const })

test('without axes each version runs as it is', () => {
  expect(variantsOf({ versions: [v(1), v(2, 'm-2')] })).toEqual([
    { ...v(1), clause: null },
    { ...v(2, 'm-2'), clause: null },
  ])
})

test('axes take the place of what a version says, every combination once', () => {
  const models = [
    { provider: 'house', model: 'm-1' },
    { provider: 'house', model: 'm-2' },
  ]
  const variants = variantsOf({ versions: [v(1), v(2)], models, parallelisms: ['serial', 'graph'] })
  expect(variants).toHaveLength(8)
  expect(new Set(variants.map((variant) => JSON.stringify(variant))).size).toBe(8)
  expect(variantsOf({ versions: [v(1), v(1)], models: [...models, ...models] })).toHaveLength(2)
})

test('clauses are measured beside the instructions as they are', () => {
  const clauses = [{ name: 'Together', text: 'Ask at once.' }]
  const variants = variantsOf({ versions: [v(3)], clauses })
  expect(variants.map(({ clause }) => clause)).toEqual([null, clauses[0]])
  expect(variantNames(variants)).toEqual(['as it is', 'Together'])
})

test('names tell what differs and leave out the rest', () => {
  const models = [
    { provider: 'house', model: 'm-1' },
    { provider: 'house', model: 'm-2' },
  ]
  expect(variantNames(variantsOf({ versions: [v(1), v(2)], models }))).toEqual([
    'v1 · m-1',
    'v1 · m-2',
    'v2 · m-1',
    'v2 · m-2',
  ])
  expect(variantNames(variantsOf({ versions: [v(1)], parallelisms: ['serial', 'graph'] }))).toEqual(['serial', 'graph'])
  expect(variantNames([{ ...v(4), clause: null }])).toEqual(['v4'])
})

import { expect, test } from 'vitest'
import type { ResultTree } from './resultFields.ts'
import { fieldsOfSelect } from './selectFields.ts'

const paths = (tree: ResultTree | null): string[] =>
  tree?.fields.flatMap((field) => [field.path, ...paths(field)]) ?? []

test('an expression that names what it gives tells it before any call', () => {
  expect(paths(fieldsOfSelect('results[0].{lat: latitude, at: {"time zone": tz}}'))).toEqual([
    'lat',
    'at',
    'at."time zone"',
  ])
  expect(paths(fieldsOfSelect('results[].{n: name}'))).toEqual(['[0]', '[0].n'])
  expect(paths(fieldsOfSelect('a | [b, c]'))).toEqual(['[0]', '[1]'])
  expect(fieldsOfSelect('hourly.t[:24]')?.type).toBe('array')
})

test('one that names nothing, or cannot be read, promises nothing', () => {
  expect(fieldsOfSelect('hourly.temperature')).toBeNull()
  expect(fieldsOfSelect('{')).toBeNull()
})

import type { Tool } from '@volley/shared/flow/flow.ts'
import { expect, test } from 'vitest'
import { knownResult } from './resultTree.ts'

const aTool = (run: Tool['run']): Tool => ({ name: 't', parameters: { type: 'object', properties: {} }, run })
const paths = (known: ReturnType<typeof knownResult>) => known?.tree.fields.map((field) => field.path)

test('a mock promises the fields of its result and of its cases', () => {
  const known = knownResult(
    aTool({ kind: 'mock', result: { a: 1 }, cases: [{ when: {}, result: { a: 2, b: 'x' } }] }),
    {},
  )
  expect(paths(known)).toEqual(['a', 'b'])
  expect(known?.how).toBe('as its mock gives it')
})

test('a schema of the server goes before all else, and values of the last result fill it', () => {
  const schema = { type: 'object', properties: { rate: { type: 'number' } } }
  const known = knownResult(aTool({ kind: 'mcp', server: 's', tool: 't' }), { schema, seen: { rate: 3, more: [] } })
  expect(known?.tree.fields).toMatchObject([
    { path: 'rate', type: 'number', sample: '3' },
    { path: 'more', type: 'array' },
  ])
})

test('an http tool promises what its select names, and else what it last gave', () => {
  const http = { kind: 'http', url: 'https://a.example' } as const
  expect(paths(knownResult(aTool({ ...http, select: '{lat: results[0].latitude}' }), {}))).toEqual(['lat'])
  expect(knownResult(aTool(http), {})).toBeNull()
  expect(knownResult(aTool(http), { seen: { x: null } })).toMatchObject({ how: 'as it last came' })
})

test('code is known by what it gave alone, null included', () => {
  const code = aTool({ kind: 'code', source: '' })
  expect(knownResult(code, {})).toBeNull()
  expect(knownResult(code, { seen: null })?.tree.type).toBe('null')
})

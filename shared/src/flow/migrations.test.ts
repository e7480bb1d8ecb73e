import { expect, test } from 'vitest'
import { FLOW_FORMAT } from './flow.ts'
import { MIGRATIONS, type Migration, migrate } from './migrations.ts'
import { parseFlow } from './parse.ts'

// Formats made up for these tests: the real list is empty as long as the first format is the current one.
const steps: Migration[] = [
  {
    name: 'title becomes name',
    from: 'test/1',
    to: 'test/2',
    migrate: ({ title, ...rest }) => ({ ...rest, name: title }),
  },
  {
    name: 'model moves into the agent',
    from: 'test/2',
    to: FLOW_FORMAT,
    migrate: ({ model, ...rest }) => ({ ...rest, agent: { provider: 'simulated', model } }),
  },
]
const old = { format: 'test/1', title: 'Old', model: 'simulated-1' }

test('an old document goes through every step since its format', () => {
  expect(migrate(old, steps)).toEqual({
    format: FLOW_FORMAT,
    name: 'Old',
    agent: { provider: 'simulated', model: 'simulated-1' },
  })
  expect(migrate({ format: 'test/2', name: 'New', model: 'm' }, steps)).toMatchObject({
    format: FLOW_FORMAT,
    name: 'New',
  })
  expect(old.format).toBe('test/1')
})

test('parsing migrates first', () => {
  expect(parseFlow(old, { checkSchema: () => [], migrations: steps })).toMatchObject({
    ok: true,
    value: { name: 'Old' },
  })
})

test('documents of the current or an unknown format, and what is no document, stay as they are', () => {
  for (const value of [{ format: FLOW_FORMAT }, { format: 'test/0' }, {}, null, 'x', [1]])
    expect(migrate(value, steps)).toBe(value)
})

test('the real steps form one chain that ends at the current format', () => {
  MIGRATIONS.forEach((step, index) => {
    expect(step.to).toBe(MIGRATIONS[index + 1]?.from ?? FLOW_FORMAT)
  })
})

import { expect, test } from 'vitest'
import { createModels } from './index.ts'

test('the simulated model is always there', () => {
  expect(createModels({ env: {} }).find('simulated').ok).toBe(true)
})

test.each([
  ['openai', 'OPENAI_API_KEY'],
  ['openai-chat', 'OPENAI_API_KEY'],
  ['anthropic', 'ANTHROPIC_API_KEY'],
])('%s without its key names the variable to set', (provider, variable) => {
  for (const env of [{}, { [variable]: '  ' }]) {
    const found = createModels({ env }).find(provider)
    expect(found.ok ? '' : found.error.message).toContain(variable)
  }
  expect(createModels({ env: { [variable]: 'sk-test' } }).find(provider).ok).toBe(true)
})

test('an address that is none is named, not thrown', () => {
  const found = createModels({ env: { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: 'localhost' } }).find('openai')
  expect(found.ok ? '' : found.error.message).toContain('OPENAI_BASE_URL')
})

test('an unknown provider is told which there are', () => {
  const found = createModels({ env: {} }).find('constructor')
  expect(found.ok ? '' : found.error.message).toContain('simulated, openai, openai-chat, anthropic')
})

test('the page is told what is available, and why something is not', () => {
  const described = createModels({ env: { ANTHROPIC_API_KEY: 'sk-test' } }).describe()
  expect(described.map(({ name, available }) => [name, available])).toEqual([
    ['simulated', true],
    ['openai', false],
    ['openai-chat', false],
    ['anthropic', true],
  ])
  expect(described[1]?.reason).toContain('OPENAI_API_KEY')
  expect(described[0]?.models).toEqual(['simulated-1'])
})

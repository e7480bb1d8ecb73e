import type { ConnectionEntry } from '@volley/shared/api.ts'
import { expect, test } from 'vitest'
import { contentOf, draftFault, draftOf, losesStored } from './draft.ts'
import { targetOf } from './kinds.ts'

const times = { createdAt: '2026-11-20T08:00:00Z', updatedAt: '2026-11-20T08:00:00Z' }
const model: ConnectionEntry = {
  ...times,
  name: 'local',
  kind: 'openai-chat',
  hash: 'h',
  approved: true,
  baseUrl: 'http://127.0.0.1:11434/v1',
  apiKey: null,
}
const command: ConnectionEntry = {
  ...times,
  name: 'files',
  kind: 'mcp',
  hash: 'h',
  approved: false,
  command: 'npx',
  args: ['-y', 'a server', "it's"],
  env: { ROOT: '{{secret.ROOT}}', TOKEN: null },
}

test('a form that nobody touched sends what is stored, and no key', () => {
  expect(contentOf(draftOf(model))).toEqual({ kind: 'openai-chat', baseUrl: 'http://127.0.0.1:11434/v1' })
  expect(contentOf(draftOf(command))).toEqual({
    kind: 'mcp',
    command: 'npx',
    args: ['-y', 'a server', "it's"],
    env: { ROOT: '{{secret.ROOT}}', TOKEN: null },
  })
})

test('a typed value takes the place of the stored one', () => {
  const draft = draftOf(command)
  draft.env = draft.env.map((row) => (row.name === 'TOKEN' ? { ...row, value: 'new' } : row))
  expect(contentOf(draft)).toMatchObject({ env: { TOKEN: 'new' } })
})

test('a key is said to be lost when the address leads to another origin, not when only its path changes', () => {
  const draft = draftOf(model)
  expect(losesStored(model, { ...draft, baseUrl: 'http://127.0.0.1:11434/v2' })).toBe(false)
  expect(losesStored(model, { ...draft, baseUrl: 'https://elsewhere.example/v1' })).toBe(true)
  expect(losesStored(model, { ...draft, baseUrl: 'https://elsewhere.example/v1', apiKey: 'typed' })).toBe(false)
})

test('a form says what it lacks', () => {
  expect(draftFault(draftOf(null))).toMatch(/name/)
  expect(draftFault({ ...draftOf(null, 'mcp-http'), name: 'maps' })).toMatch(/address/)
  expect(draftFault({ ...draftOf(null, 'mcp-stdio'), name: 'my files' })).toMatch(/letters, digits/)
  expect(draftFault(draftOf(command))).toBeNull()
  const rows = [{ name: 'ROOT', value: '', isStored: false }]
  expect(draftFault({ ...draftOf(command), env: rows })).toMatch(/ROOT/)
})

test('a command is shown so that no argument can pass for two', () => {
  expect(targetOf(command)).toBe("npx -y 'a server' 'it'\\''s'")
})

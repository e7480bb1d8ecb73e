import { expect, test } from 'vitest'
import { fileName } from './fileName.ts'

test('an exported file is named for its flow', () => {
  expect(fileName('City weather brief', 'volley')).toBe('City weather brief.flow.json')
  expect(fileName('City weather brief', 'anthropic')).toBe('City weather brief.anthropic.json')
})

test('a name that no file system takes becomes one that it does', () => {
  expect(fileName('a/b\\c: "d"\n', 'volley')).toBe('a-b-c- -d--.flow.json')
  expect(fileName('...', 'volley')).toBe('flow.flow.json')
})

import type { RunListItem } from '@volley/shared/api.ts'
import { expect, test } from 'vitest'
import { joined } from './useRunList.ts'

const aRun = (id: string, second: number): RunListItem => ({
  id,
  flow: { id: null, name: 'f', version: null },
  status: 'succeeded',
  input: '',
  provider: 'simulated',
  model: 'm',
  createdAt: `2026-01-01T00:00:0${second}.000Z`,
  finishedAt: null,
  summary: null,
  costUsd: null,
  findings: [],
})

test('reading the first page again keeps the older runs, each once and in order', () => {
  const [a, b, c, d] = [aRun('a', 1), aRun('b', 2), aRun('c', 3), aRun('d', 4)]
  expect(joined([d, c], [c, b, a]).map((run) => run.id)).toEqual(['d', 'c', 'b', 'a'])
  expect(joined([], [])).toEqual([])
})

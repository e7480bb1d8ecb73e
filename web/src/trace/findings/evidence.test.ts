import type { Finding } from '@volley/shared/trace/findings/finding.ts'
import { expect, test } from 'vitest'
import { costWords } from './costWords.ts'
import { evidenceRows } from './evidence.ts'

const finding = (more: Partial<Finding>): Finding => ({
  code: 'needless_edge',
  message: '',
  calls: [2],
  costMs: 0,
  savesMs: 0,
  lostTokens: 0,
  advice: '',
  evidence: {},
  ...more,
})

test.each([
  [{ kind: 'order', heldMs: 400, waitedFor: [1, 4] }, ['kind: order', 'held: 0.40 s', 'waited for: #1, #4']],
  [{ turns: [1, 2], modelMs: [280, 1300] }, ['turns: 1; 2', 'model: 0.28 s; 1.30 s']],
  [
    { attempts: [{ call: 3, attempts: 2 }], reasons: ['tool_error'] },
    ['attempts: #3: 2 attempts', 'reasons: tool error'],
  ],
  [{ waitedMs: [{ call: 3, ms: 1200 }] }, ['waited: #3: 1.20 s']],
  [{ chars: 120000, cut: 0 }, ['chars: 120,000', 'cut: 0']],
  [{ arguments: { city: 'Rome' }, times: 2 }, ['arguments: {"city":"Rome"}', 'times: 2']],
])('evidence %j is told in words', (evidence, words) => {
  expect(evidenceRows(finding({ evidence })).map((row) => row.join(': '))).toEqual(words)
})

test.each([
  [{ costMs: 1200, lostTokens: 40 }, '1.20 s'],
  [{ costMs: 0, lostTokens: 3400 }, 'about 3,400 tokens'],
  [{ costMs: 0, lostTokens: 0 }, null],
])('what %j cost is told in time, else in tokens', (cost, words) => {
  expect(costWords(finding(cost))).toBe(words)
})

import { describe, expect, test } from 'vitest'
import type { Agent, Tool } from './flow.ts'
import { ruleWarnings, ruleWords } from './toolRules.ts'

const aTool = (more: Partial<Tool> = {}): Tool => ({
  name: 'pay',
  parameters: { type: 'object', properties: { account: { type: 'string' }, note: {} }, required: ['account'] },
  run: { kind: 'mock' },
  ...more,
})
const agent: Agent = { provider: 'simulated', model: 'm' }
const about = (tool: Tool, limits: Agent['limits'] = {}) =>
  ruleWarnings(tool, { agent: { ...agent, limits } }).map((warning) => warning.about)

describe('what annotations and policy come to', () => {
  test('a tool without a hint is called once, and late', () => {
    expect(ruleWords(aTool({ policy: { retries: 5 } }))).toEqual([
      'A call starts only after the model’s message has ended.',
      'A call is tried once. After a crash nobody knows what it did, so it fails and the model is told.',
      'Each try has 30 seconds.',
    ])
  })

  test('a tool that only reads may start early and is tried again', () => {
    const words = ruleWords(aTool({ annotations: { readOnlyHint: true }, policy: { timeoutMs: 90_000 } })).join(' ')
    expect(words).toContain('may start while the model still writes')
    expect(words).toContain('tried again, up to twice')
    expect(words).toContain('Each try has 1.5 minutes.')
  })

  test('limits, keys, shared results and approval are told only where they are set', () => {
    const rate = { limit: 5, perMs: 1000 }
    const policy = { concurrency: 1, rate, exclusive: 'account:{{account}}', cache: 'run', approval: 'always' } as const
    expect(ruleWords(aTool({ policy })).slice(-5)).toEqual([
      'Its calls run one at a time, over all runs of the flow.',
      'At most 5 of its calls begin in any 1 second, over all runs of the flow.',
      'Calls whose key account:{{account}} comes out equal run one at a time, whatever their tool.',
      'Equal calls of a run are made once; the others get the same result.',
      'Each call waits until a person allows it; others go on meanwhile.',
    ])
  })
})

describe('odd pairs', () => {
  test('a plain tool has none, and none is told twice', () => {
    expect(about(aTool())).toEqual([])
    expect(about(aTool({ policy: { exclusive: '{{account}}{{account}}' } }))).toEqual([])
  })

  test.each<[string, Partial<Tool>]>([
    ['retries', { policy: { retries: 2 } }],
    ['destructiveHint', { annotations: { readOnlyHint: true, destructiveHint: true } }],
    [
      'readOnlyHint',
      { annotations: { readOnlyHint: true }, run: { kind: 'http', method: 'DELETE', url: 'https://a.example' } },
    ],
    [
      'idempotentHint',
      { annotations: { idempotentHint: true }, run: { kind: 'http', method: 'POST', url: 'https://a.example' } },
    ],
    ['approval', { annotations: { readOnlyHint: true }, policy: { approval: 'always' } }],
    ['cache', { policy: { cache: 'run' } }],
    ['exclusive', { policy: { exclusive: 'x:{{gone}}' } }],
    ['exclusive', { policy: { exclusive: 'x:{{note}}' } }],
  ])('%s is warned of', (key, more) => {
    expect(about(aTool(more))).toEqual([key])
  })

  test('a limit above the agent’s own is never reached', () => {
    expect(about(aTool({ policy: { concurrency: 40 } }), { concurrency: 8 })).toEqual(['concurrency'])
    expect(about(aTool({ policy: { concurrency: 4 } }), { concurrency: 8 })).toEqual([])
  })
})

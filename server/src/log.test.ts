import { expect, test } from 'vitest'
import { createLog } from './log.ts'

test('keys and tokens are blacked out', () => {
  const lines: string[] = []
  const log = createLog('info', { write: (line: string) => void lines.push(line) })
  log.info({ token: 'tern', headers: { authorization: 'tern', cookie: 'tern' }, model: { apiKey: 'tern' } }, 'started')
  log.debug('not shown')
  expect(lines).toHaveLength(1)
  expect(lines[0]).not.toContain('tern')
})

test('a secret is in no message, no value and no stack', () => {
  const lines: string[] = []
  const to = { write: (line: string) => void lines.push(line) }
  const log = createLog('info', to, (line) => line.replaceAll('tern-4471', '***'))
  log.error({ err: new Error('no way to tern-4471'), at: ['tern-4471'] }, 'tern-4471 did not answer')
  expect(lines[0]).toContain('no way to ***')
  expect(lines[0]).not.toContain('tern-4471')
})

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

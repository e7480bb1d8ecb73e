import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FlowVersion } from '../api.ts'
import { sittingsOf } from './sittings.ts'

const saved = (version: number, minute: number, more: Partial<FlowVersion> = {}): FlowVersion => ({
  version,
  createdAt: new Date(Date.UTC(2026, 0, 1, 9, minute)).toISOString(),
  labels: [],
  author: 'Ada',
  note: null,
  hash: '',
  ...more,
})
const shown = (versions: FlowVersion[]) =>
  sittingsOf(versions).map(({ newest, earlier }) => [newest.version, ...earlier.map(({ version }) => version)])

test('saves of one sitting are one entry, a pause or another author begins the next', () => {
  const versions = [saved(6, 50), saved(5, 32), saved(4, 30), saved(3, 21), saved(2, 2, { author: 'Bo' }), saved(1, 1)]
  expect(shown(versions)).toEqual([[6], [5, 4, 3], [2], [1]])
})

test('a version with a label or a note is never folded away', () => {
  const versions = [saved(4, 4), saved(3, 3, { labels: ['production'] }), saved(2, 2), saved(1, 1, { note: 'First' })]
  expect(shown(versions)).toEqual([[4], [3, 2], [1]])
})

test('every version is there once, in its order', () => {
  const minutes = fc.array(fc.nat(300), { maxLength: 30 }).map((list) => list.sort((one, other) => other - one))
  fc.assert(
    fc.property(minutes, (list) => {
      const versions = list.map((minute, at) => saved(list.length - at, minute))
      expect(shown(versions).flat()).toEqual(versions.map(({ version }) => version))
    }),
  )
})

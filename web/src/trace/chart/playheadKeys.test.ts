import type { RunEvent } from '@volley/shared/run/events.ts'
import { EMPTY_LOG, extendLog } from '@volley/shared/run/log.ts'
import { expect, test } from 'vitest'
import { playheadMove } from './playheadKeys.ts'

const LOG = extendLog(
  EMPTY_LOG,
  [
    { type: 'run.started', flow: { id: null, name: 'f', version: null }, at: 0 },
    { type: 'turn.started', turn: 1, at: 40 },
    { type: 'text.delta', turn: 1, text: 'Hm.', at: 90 },
    { type: 'call.emitted', turn: 1, call: 1, id: 'c', tool: 't', arguments: {}, at: 200 },
  ].map((event, index) => ({ ...event, seq: index + 1 })) as RunEvent[],
)
const press = (key: string, shiftKey = false) => ({ key, shiftKey, ctrlKey: false, metaKey: false, altKey: false })
const to = (at: number | null) => ({ do: 'seek', at })

test('arrows go a hundredth of the run, page keys a tenth', () => {
  expect(playheadMove(press('ArrowRight'), 100, LOG)).toEqual(to(102))
  expect(playheadMove(press('ArrowLeft'), 100, LOG)).toEqual(to(98))
  expect(playheadMove(press('PageUp'), 100, LOG)).toEqual(to(120))
})

test('with Shift they go from change to change, to the ends where there is none', () => {
  expect(playheadMove(press('ArrowRight', true), 50, LOG)).toEqual(to(200))
  expect(playheadMove(press('ArrowLeft', true), 200, LOG)).toEqual(to(40))
  expect(playheadMove(press('ArrowRight', true), 200, LOG)).toEqual(to(null))
  expect(playheadMove(press('ArrowLeft', true), 0, LOG)).toEqual(to(0))
})

test('Home is the beginning, End and Escape the newest, Space plays, and other keys are not its own', () => {
  expect(playheadMove(press('Home'), 50, LOG)).toEqual(to(0))
  expect(playheadMove(press('End'), 50, LOG)).toEqual(to(null))
  expect(playheadMove(press('Escape'), 50, LOG)).toEqual(to(null))
  expect(playheadMove(press(' '), 50, LOG)).toEqual({ do: 'play' })
  expect(playheadMove(press('Tab'), 50, LOG)).toBe(null)
  expect(playheadMove({ ...press('ArrowLeft'), ctrlKey: true }, 50, LOG)).toBe(null)
})

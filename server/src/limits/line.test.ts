import { expect, test } from 'vitest'
import type { Abort } from '../engine/abort.ts'
import { createLine } from './line.ts'

const NEVER: Abort = { isAborted: false, onAbort: () => () => {} }

/** A limit with one place, and the order in which it was given to the runs. */
function onePlace() {
  let isTaken = false
  const served: string[] = []
  const line = createLine<null>({
    after: () => () => {},
    onEmpty: () => {},
    async take() {
      if (isTaken) return null
      isTaken = true
      return {
        delayMs: 0,
        giveBack() {
          isTaken = false
          line.wake()
        },
      }
    },
  })
  const enter = async (runId: string, abort = NEVER) => {
    const ticket = await line.enter(runId, null, abort, () => {})
    if (!ticket) return
    served.push(runId)
    await Promise.resolve()
    ticket.giveBack()
  }
  return { line, served, enter }
}

test('runs are served in turn, however many calls one of them has in line', async () => {
  const { served, enter } = onePlace()
  await Promise.all(['long', 'long', 'long', 'long', 'short', 'other', 'short'].map((runId) => enter(runId)))
  expect(served).toEqual(['long', 'short', 'other', 'long', 'short', 'long', 'long'])
})

test('who leaves the line takes nothing from it', async () => {
  const { served, enter } = onePlace()
  let leave = () => {}
  const leaving = {
    isAborted: false,
    onAbort(callback: () => void) {
      leave = callback
      return () => {}
    },
  }
  const all = [enter('first'), enter('leaving', leaving), enter('last')]
  leave()
  await Promise.all(all)
  expect(served).toEqual(['first', 'last'])
})

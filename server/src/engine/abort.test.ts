import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { abortOf } from './abort.ts'

test('thousands listen to one abort through a single listener of the signal; each is told once, the forgotten ones never', () => {
  const controller = new AbortController()
  const abort = abortOf(controller.signal)
  const told: number[] = []
  const forget = Array.from({ length: 5000 }, (_, index) => abort.onAbort(() => told.push(index)))
  for (const take of forget.slice(1)) take()
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1)
  expect(abort.isAborted).toBe(false)
  controller.abort()
  controller.abort()
  expect([abort.isAborted, told]).toEqual([true, [0]])
})

test('a callback that takes others back while it is told keeps the rest', () => {
  const controller = new AbortController()
  const abort = abortOf(controller.signal)
  const told: string[] = []
  abort.onAbort(() => {
    told.push('first')
    forget()
  })
  const forget = abort.onAbort(() => told.push('second'))
  abort.onAbort(() => told.push('third'))
  controller.abort()
  expect(told).toEqual(['first', 'third'])
})

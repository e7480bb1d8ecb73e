import { expect, test } from 'vitest'
import { createFairQueue } from './fairQueue.ts'

function taken(queue: ReturnType<typeof createFairQueue<string>>, claimOf: (key: string) => number[] = () => []) {
  const order: (string | undefined)[] = []
  for (let key = queue.nextKey(claimOf); key !== null; key = queue.nextKey(claimOf)) order.push(queue.take(key))
  return order
}

test('keys take turns, and within a key the first that came is the first', () => {
  const queue = createFairQueue<string>()
  for (const item of ['a1', 'a2', 'a3', 'b1', 'c1', 'c2']) queue.add(item[0] ?? '', item)
  expect(queue.size).toBe(6)
  expect(taken(queue)).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3'])
  expect(queue.size).toBe(0)
})

test('the key with the smallest claim goes first, whoever came first', () => {
  const queue = createFairQueue<string>()
  for (const item of ['a1', 'b1', 'c1']) queue.add(item[0] ?? '', item)
  const claims: Record<string, number[]> = { a: [1, 0], b: [0, 9], c: [0, 2] }
  expect(taken(queue, (key) => claims[key] ?? [])).toEqual(['c1', 'b1', 'a1'])
})

test('an item that is taken back is gone, and only once', () => {
  const queue = createFairQueue<string>()
  queue.add('a', 'a1')
  queue.add('a', 'a2')
  expect([queue.remove('a', 'a1'), queue.remove('a', 'a1'), queue.remove('b', 'a2')]).toEqual([true, false, false])
  expect(taken(queue)).toEqual(['a2'])
  expect(queue.take('a')).toBeUndefined()
})

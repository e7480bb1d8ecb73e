import { expect, test } from 'vitest'
import { createGroupCommit, type Written } from './groupCommit.ts'

/** A writer that holds every group until it is let go. */
function heldWriter() {
  const groups: { entries: readonly number[]; finish: (written?: readonly Written[] | Error) => void }[] = []
  const write = (entries: readonly number[]) =>
    new Promise<readonly Written[]>((resolve, reject) => {
      groups.push({
        entries,
        finish: (written = entries.map(() => ({ ok: true }))) =>
          written instanceof Error ? reject(written) : resolve(written),
      })
    })
  return { groups, commits: createGroupCommit<number>(write) }
}
const tick = async () => {
  for (let turns = 0; turns < 3; turns++) await new Promise<void>((resolve) => setImmediate(resolve))
}

test('what one tick adds is written at once, in one group', async () => {
  const { groups, commits } = heldWriter()
  void commits.add(1)
  void commits.add(2)
  await tick()
  expect(groups.map((group) => group.entries)).toEqual([[1, 2]])
})

test('one group is in flight; what comes meanwhile is the next', async () => {
  const { groups, commits } = heldWriter()
  void commits.add(1)
  await tick()
  void commits.add(2)
  await tick()
  void commits.add(3)
  await tick()
  expect(groups).toHaveLength(1)
  groups[0]?.finish()
  await tick()
  expect(groups.map((group) => group.entries)).toEqual([[1], [2, 3]])
})

test('an entry settles only when its group is written', async () => {
  const { groups, commits } = heldWriter()
  let isWritten = false
  const adding = commits.add(1).then(() => {
    isWritten = true
  })
  await tick()
  expect(isWritten).toBe(false)
  groups[0]?.finish()
  await adding
  expect(isWritten).toBe(true)
})

test('a group that cannot be written fails all its entries, and the next ones are tried', async () => {
  const { groups, commits } = heldWriter()
  const first = Promise.allSettled([commits.add(1), commits.add(2)])
  await tick()
  const next = commits.add(3)
  groups[0]?.finish(new Error('the disk is full'))
  expect((await first).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected'])
  await tick()
  groups[1]?.finish()
  await expect(next).resolves.toBeUndefined()
  await commits.idle()
})

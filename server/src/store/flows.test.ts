import { beforeEach, expect, test } from 'vitest'
import { aFlow } from '../testing/logEvents.ts'
import { onEachStore } from '../testing/stores.ts'
import type { Flows } from './flows.ts'

let flows: Flows
let minute = 0
onEachStore((_kind, open) => {
  beforeEach(async () => {
    minute = 0
    flows = (await open({ now: () => new Date(Date.UTC(2026, 0, 1, 0, minute++)) })).flows
  })

  test('a save of a change makes a version; a save of the same document none, keys in any order', async () => {
    const { id } = await flows.create(aFlow('First'))
    expect(await flows.put(id, aFlow('Second'))).toMatchObject({ is: 'saved', flow: { version: 2 } })
    const reordered = Object.fromEntries(Object.entries(aFlow('Second')).reverse()) as never
    expect(await flows.put(id, reordered)).toMatchObject({ is: 'saved', flow: { version: 2 } })
    expect((await flows.versions(id))?.map((one) => one.version)).toEqual([2, 1])
    expect((await flows.version(id, 1))?.flow.name).toBe('First')
  })

  test('a save that expects an older version is stale, whatever it holds', async () => {
    const { id } = await flows.create(aFlow('First'))
    await flows.put(id, aFlow('Second'), 1)
    expect(await flows.put(id, aFlow('Third'), 1)).toEqual({ is: 'stale', version: 2 })
    expect((await flows.get(id))?.flow.name).toBe('Second')
    expect(await flows.put(id, aFlow('Second'), 1)).toEqual({ is: 'stale', version: 2 })
    expect(await flows.put(id, aFlow('Second'), 2)).toMatchObject({ is: 'saved', flow: { version: 2 } })
  })

  test('of many saves at once that expect the same version one wins', async () => {
    const { id } = await flows.create(aFlow('First'))
    const saves = await Promise.all(Array.from({ length: 20 }, (_, index) => flows.put(id, aFlow(`Try ${index}`), 1)))
    expect(saves.filter((save) => save.is === 'saved')).toHaveLength(1)
    expect((await flows.get(id))?.version).toBe(2)
  })

  test('a label names a version and can be moved', async () => {
    const { id } = await flows.create(aFlow('First'))
    await flows.put(id, aFlow('Second'))
    expect(await flows.label(id, 'production', 1)).toBe(true)
    expect(await flows.label(id, 'production', 3)).toBe(false)
    expect(await flows.labelled(id, 'production')).toBe(1)
    expect(await flows.label(id, 'production', 2)).toBe(true)
    expect((await flows.versions(id))?.map((one) => one.labels)).toEqual([['production'], []])
  })

  test('a deleted flow is gone with its versions and labels', async () => {
    const { id } = await flows.create(aFlow())
    await flows.label(id, 'production', 1)
    expect(await flows.delete(id)).toBe(true)
    expect(await flows.delete(id)).toBe(false)
    expect([await flows.get(id), await flows.versions(id), await flows.labelled(id, 'production')]).toEqual([
      null,
      null,
      null,
    ])
    expect(await flows.put(id, aFlow())).toEqual({ is: 'unknown' })
  })

  test('the list begins with the last changed and can be read in pages', async () => {
    const ids = []
    for (const name of ['A', 'B', 'C']) ids.push((await flows.create(aFlow(name))).id)
    await flows.put(ids[0] as string, aFlow('A, changed'))
    const first = await flows.list({ limit: 2 })
    const last = first.at(-1)
    const rest = await flows.list({ limit: 2, ...(last ? { after: last } : {}) })
    expect([first, rest].map((page) => page.map((flow) => flow.flow.name))).toEqual([['A, changed', 'C'], ['B']])
  })

  test('a version keeps who saved it, the hash of its content, and what is said of it later', async () => {
    const { id } = await flows.create(aFlow('First'), 'Ada')
    await flows.put(id, aFlow('Second'), 1, 'Bo')
    await flows.put(id, aFlow('First'))
    expect(await flows.note(id, 2, 'Before the storm')).toBe(true)
    expect(await flows.note(id, 9, 'x')).toBe(false)
    const versions = (await flows.versions(id)) ?? []
    expect(versions.map(({ author, note }) => [author, note])).toEqual([
      [null, null],
      ['Bo', 'Before the storm'],
      ['Ada', null],
    ])
    const [third, second, first] = versions.map(({ hash }) => hash)
    expect([third === first, second === first]).toEqual([true, false])
    await flows.note(id, 2, null)
    expect(await flows.version(id, 2)).toMatchObject({ author: 'Bo', note: null, hash: second })
  })

  test('a label can be taken away, and flows are found by one', async () => {
    const { id } = await flows.create(aFlow('First'))
    await flows.put(id, aFlow('Second'))
    await flows.label(id, 'production', 1)
    await flows.create(aFlow('Other'))
    expect(await flows.labelledAll('production')).toMatchObject([{ id, version: 1, flow: { name: 'First' } }])
    expect([await flows.unlabel(id, 'production'), await flows.unlabel(id, 'production')]).toEqual([true, false])
    expect(await flows.labelledAll('production')).toEqual([])
  })

  test('of two saves at once that expect the same version one alone is made', async () => {
    const { id } = await flows.create(aFlow('First'))
    const saves = await Promise.all([aFlow('Second'), aFlow('Third')].map((flow) => flows.put(id, flow, 1)))
    expect(saves.map(({ is }) => is).sort()).toEqual(['saved', 'stale'])
    expect((await flows.versions(id))?.length).toBe(2)
  })
})

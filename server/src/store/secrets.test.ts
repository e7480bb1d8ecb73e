import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../testing/temporaryFolder.ts'
import { createSeal } from './seal.ts'
import { openStore, type StoreOptions } from './store.ts'

const VALUE = 'tern-4471-gannet-of-the-outer-skerries'

async function aStore(folder = `${temporaryFolder()}/data`, options: StoreOptions = {}) {
  const store = await openStore(folder, options)
  let isOpen = true
  const close = async () => {
    if (isOpen) await store.close()
    isOpen = false
  }
  onTestFinished(close)
  return { ...store, close, folder }
}

/** What all files of the folder hold, with the hidden parts in plain sight. */
function everything(folder: string): string {
  return readdirSync(folder)
    .map((name) => readFileSync(path.join(folder, name)).toString('latin1'))
    .join()
}

describe('a sealed text', () => {
  test('is opened by its key for its place alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const seal = SEAL
        const sealed = seal.close('secret A', text)
        expect(seal.open('secret A', sealed)).toBe(text.toWellFormed())
        expect(seal.open('secret B', sealed)).toBeNull()
        expect(OTHER.open('secret A', sealed)).toBeNull()
        expect(seal.close('secret A', text)).not.toBe(sealed)
      }),
    )
  })

  test('that was changed is not opened, and nothing is thrown', () => {
    const sealed = SEAL.close('secret A', VALUE)
    for (const bad of ['', 'x', sealed.slice(0, -4), `A${sealed.slice(1)}`, `${sealed}AAAA`])
      if (bad !== sealed) expect(SEAL.open('secret A', bad)).toBeNull()
  })
})
const SEAL = createSeal('a key of sixteen or more')
const OTHER = createSeal('another key of sixteen')

describe('stored secrets', () => {
  test('come back after a restart; the newest value counts; names come without values', async () => {
    const first = await aStore()
    await first.secrets.put('KEY', { value: 'old', origins: null })
    await first.secrets.put('KEY', { value: VALUE, origins: ['https://a.example'] })
    await first.close()
    const { secrets } = await aStore(first.folder)
    expect(await secrets.values()).toMatchObject([{ name: 'KEY', value: VALUE, origins: ['https://a.example'] }])
    expect(JSON.stringify(await secrets.names())).not.toContain(VALUE)
    expect([await secrets.delete('KEY'), await secrets.delete('KEY'), await secrets.names()]).toEqual([true, false, []])
  })

  test('stand in no file of the data folder', async () => {
    const { secrets, connections, folder, close } = await aStore()
    await secrets.put('KEY', { value: VALUE, origins: null })
    const hidden = { apiKey: VALUE }
    await connections.put({ name: 'c', kind: 'openai', content: { kind: 'openai' }, hidden, hash: 'h' })
    for (const when of ['while open', 'after closing']) {
      if (when === 'after closing') await close()
      const found = everything(folder)
      for (const form of [
        VALUE,
        Buffer.from(VALUE).toString('base64').slice(0, -4),
        Buffer.from(VALUE).toString('hex'),
      ])
        expect(found.includes(form), when).toBe(false)
    }
  })

  test('have a key of their own in the folder, which only this user may read; none when one is given', async () => {
    const { folder } = await aStore()
    expect(statSync(path.join(folder, 'secret.key')).mode & 0o777).toBe(0o600)
    const given = await aStore(undefined, { secretKey: 'a key of sixteen or more' })
    expect(readdirSync(given.folder)).not.toContain('secret.key')
  })

  test('cannot be read with another key, and the store opens all the same', async () => {
    const first = await aStore(undefined, { secretKey: 'a key of sixteen or more' })
    await first.secrets.put('KEY', { value: VALUE, origins: null })
    await first.close()
    const { secrets } = await aStore(first.folder, { secretKey: 'another key of sixteen' })
    expect(await secrets.values()).toMatchObject([{ name: 'KEY', value: null }])
  })
})

describe('stored connections', () => {
  const row = { name: 'c', kind: 'mcp', content: { command: 'x' }, hidden: { env: { A: VALUE } } }

  test('lose their approval with the content it was for', async () => {
    const { connections } = await aStore()
    await connections.put({ ...row, hash: 'one' })
    expect([await connections.approve('c', 'two'), await connections.approve('c', 'one')]).toEqual([false, true])
    expect(await connections.put({ ...row, hash: 'one' })).toMatchObject({ approvedHash: 'one' })
    expect(await connections.put({ ...row, hash: 'two' })).toMatchObject({ approvedHash: null })
    // Not even when the content is what it was again.
    expect(await connections.put({ ...row, hash: 'one' })).toMatchObject({ approvedHash: null, hidden: row.hidden })
  })
})

test('the audit cannot be changed or shortened, not even by our own hand', async () => {
  const { audit, database } = await aStore()
  await audit.add('signed_in', {})
  await audit.add('secret_stored', { secret: 'KEY' })
  await expect(database.deleteFrom('audit').execute()).rejects.toThrow('append-only')
  await expect(database.updateTable('audit').set({ what: 'x' }).execute()).rejects.toThrow('append-only')
  const [newest] = await audit.list({ limit: 1 })
  expect(newest).toMatchObject({ what: 'secret_stored', detail: { secret: 'KEY' } })
  expect(await audit.list({ limit: 9, before: newest?.id ?? 0 })).toMatchObject([{ what: 'signed_in' }])
})

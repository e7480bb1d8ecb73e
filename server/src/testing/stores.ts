import { describe, inject, onTestFinished } from 'vitest'
import { openSharedStore } from '../store/sharedStore.ts'
import { openStore, type Store, type StoreOptions } from '../store/store.ts'
import { makeDatabase } from './postgres.ts'
import { temporaryFolder } from './temporaryFolder.ts'

export interface StoreKind {
  name: string
  /** A place for a new store; what opens it opens the same data each time. */
  place(): Promise<(options?: StoreOptions) => Promise<Store>>
}

const EMBEDDED: StoreKind = {
  name: 'embedded',
  async place() {
    const folder = `${temporaryFolder()}/data`
    return (options) => openStore(folder, options)
  },
}

const shared = (url: string): StoreKind => ({
  name: 'PostgreSQL',
  async place() {
    const database = await makeDatabase(url)
    return (options) => openSharedStore(database, options)
  },
})

/** The same tests for the store on each database there is: what they promise is one contract. `open` gives a new store that is closed after the test. */
export function onEachStore(tests: (kind: StoreKind, open: (options?: StoreOptions) => Promise<Store>) => void): void {
  const url = inject('postgres')
  for (const kind of [EMBEDDED, ...(url ? [shared(url)] : [])])
    describe(`on the store ${kind.name}`, () =>
      tests(kind, async (options) => {
        const store = await (await kind.place())(options)
        onTestFinished(() => store.close())
        return store
      }))
}

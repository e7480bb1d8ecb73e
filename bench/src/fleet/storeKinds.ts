import { mkdtempSync } from 'node:fs'
import path from 'node:path'
import type { MeasuredPostgres } from './database.ts'
import { type Fill, fillDatabase, fillFolder } from './fillStore.ts'
import type { Place } from './fleetServer.ts'

/** An empty store, and how it is filled while no server uses it. */
export interface GrowthPlace {
  place: Place
  fill: Fill
}

/** One of the two stores there are. */
export interface StoreKind {
  name: 'embedded' | 'PostgreSQL'
  place(): Promise<GrowthPlace>
}

/** The embedded store, each time in a new folder below `parent`. */
export const embeddedIn = (parent: string): StoreKind => ({
  name: 'embedded',
  async place() {
    const folder = mkdtempSync(path.join(parent, 'store-'))
    return { place: { folder }, fill: fillFolder(folder) }
  },
})

/** The shared store, each time a new database. */
export const sharedOn = (postgres: MeasuredPostgres): StoreKind => ({
  name: 'PostgreSQL',
  async place() {
    const database = await postgres.database()
    return { place: { databaseUrl: database.url }, fill: fillDatabase(database) }
  },
})

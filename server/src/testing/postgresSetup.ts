import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of a PostgreSQL server; null where none can be had. */
    postgres: string | null
  }
}

/** Starts one PostgreSQL for all tests of the project that need it. */
export default async function setup(project: TestProject) {
  const server = await startPostgres().catch((fault: Error) => fault.message)
  if (typeof server === 'string') {
    console.error(`\n*** NOT TESTED: the store on PostgreSQL. ${server}. ***\n`)
    project.provide('postgres', null)
    return
  }
  project.provide('postgres', server.url)
  return () => server.remove()
}

import { isObject } from '../lib/json.ts'
import { FLOW_FORMAT } from './flow.ts'

/** One step from an older format to the next. It gets a document of `from`, whatever its faults, and gives one of `to`. */
export interface Migration {
  /** What it does, as the changelog says it. */
  name: string
  from: string
  to: string
  migrate(document: Record<string, unknown>): Record<string, unknown>
}

/**
 * Every step that there has been, oldest first. The first format is the current one, so there is none yet. A change of the saved
 * format adds one entry here, the new FLOW_FORMAT, and an old file to the tests.
 */
export const MIGRATIONS: readonly Migration[] = []

/** Brings a document to the current format, one step after the other; one of an unknown format stays as it is. */
export function migrate(
  document: unknown,
  migrations: readonly Migration[] = MIGRATIONS,
  current = FLOW_FORMAT,
): unknown {
  let migrated = document
  for (const step of migrations) {
    if (!isObject(migrated) || migrated.format === current) return migrated
    if (migrated.format === step.from) migrated = { ...step.migrate(migrated), format: step.to }
  }
  return migrated
}

import type { Kysely } from 'kysely'

/** What servers that share a store need: that a run is to be cancelled, how often it lost its server, and decisions on their way to it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['cancel_requested', 'deaths'])
    await db.schema
      .alterTable('run')
      .addColumn(column, 'integer', (definition) => definition.notNull().defaultTo(0))
      .execute()
  await db.schema
    .createTable('decision')
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('call', 'integer', (column) => column.notNull())
    .addColumn('approve', 'integer', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addPrimaryKeyConstraint('decision_key', ['run_id', 'call'])
    .execute()
}

import type { Kysely } from 'kysely'

/** The first tables: flows with their versions and labels, runs with their events. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('flow')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('flow_by_update').on('flow').columns(['updated_at', 'id']).execute()

  await db.schema
    .createTable('flow_version')
    .addColumn('flow_id', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('flow_version_key', ['flow_id', 'version'])
    .execute()

  await db.schema
    .createTable('label')
    .addColumn('flow_id', 'text', (column) => column.notNull())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('label_key', ['flow_id', 'label'])
    .execute()

  await db.schema
    .createTable('run')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('spec', 'text', (column) => column.notNull())
    .addColumn('flow_id', 'text')
    .addColumn('flow_name', 'text', (column) => column.notNull())
    .addColumn('flow_version', 'integer')
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('model', 'text', (column) => column.notNull())
    .addColumn('input', 'text', (column) => column.notNull())
    .addColumn('last_seq', 'integer', (column) => column.notNull())
    .addColumn('owner', 'text')
    .addColumn('owner_epoch', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('finished_at', 'text')
    .execute()
  await db.schema.createIndex('run_by_flow').on('run').columns(['flow_id', 'id']).execute()
  await db.schema.createIndex('run_by_status').on('run').columns(['status', 'id']).execute()

  await db.schema
    .createTable('event')
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('at', 'double precision', (column) => column.notNull())
    .addPrimaryKeyConstraint('event_key', ['run_id', 'seq'])
    .execute()

  await db.schema
    .createTable('idempotency_key')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('body_hash', 'text', (column) => column.notNull())
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .execute()
}

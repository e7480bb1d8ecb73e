import type { Kysely } from 'kysely'

/** Data sets with their cases, evals with their results, and which runs were made for an eval. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('data_set')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .execute()

  await db.schema
    .createTable('data_set_case')
    .addColumn('data_set_id', 'text', (column) => column.notNull())
    .addColumn('case_id', 'text', (column) => column.notNull())
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('data_set_case_key', ['data_set_id', 'case_id'])
    .execute()

  await db.schema
    .createTable('eval')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('error', 'text')
    .addColumn('flow_id', 'text', (column) => column.notNull())
    .addColumn('flow_name', 'text', (column) => column.notNull())
    .addColumn('data_set_id', 'text', (column) => column.notNull())
    .addColumn('data_set_name', 'text', (column) => column.notNull())
    .addColumn('spec', 'text', (column) => column.notNull())
    .addColumn('cases', 'text', (column) => column.notNull())
    .addColumn('case_count', 'integer', (column) => column.notNull())
    .addColumn('last_seq', 'integer', (column) => column.notNull())
    .addColumn('summaries', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('finished_at', 'text')
    .execute()
  await db.schema.createIndex('eval_by_flow').on('eval').columns(['flow_id', 'id']).execute()
  await db.schema.createIndex('eval_by_status').on('eval').columns(['status']).execute()

  await db.schema
    .createTable('eval_result')
    .addColumn('eval_id', 'text', (column) => column.notNull())
    .addColumn('variant', 'integer', (column) => column.notNull())
    .addColumn('case_id', 'text', (column) => column.notNull())
    .addColumn('repeat', 'integer', (column) => column.notNull())
    .addColumn('run_id', 'text')
    .addColumn('seq', 'integer')
    .addColumn('succeeded', 'integer')
    .addColumn('cost_usd', 'double precision')
    .addColumn('duration_ms', 'double precision')
    .addColumn('result', 'text')
    .addPrimaryKeyConstraint('eval_result_key', ['eval_id', 'variant', 'case_id', 'repeat'])
    .execute()
  await db.schema.createIndex('eval_result_by_seq').on('eval_result').columns(['eval_id', 'seq']).execute()

  await db.schema.alterTable('run').addColumn('eval_id', 'text').execute()
  await db.schema.createIndex('run_by_eval').on('run').columns(['eval_id', 'id']).execute()
}

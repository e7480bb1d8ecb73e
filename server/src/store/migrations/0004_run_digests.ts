import type { Kysely } from 'kysely'

/**
 * What lists and statistics need of finished runs, and settings of the server. The rows of runs that ended before are worked out from their
 * logs after the start, as those of new runs are.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('run_digest')
    .addColumn('run_id', 'text', (column) => column.primaryKey())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('elapsed_ms', 'double precision', (column) => column.notNull())
    .addColumn('cost_usd', 'double precision')
    .addColumn('calls_per_turn', 'double precision', (column) => column.notNull())
    .addColumn('turns', 'integer', (column) => column.notNull())
    .addColumn('calls', 'integer', (column) => column.notNull())
    .addColumn('failed_calls', 'integer', (column) => column.notNull())
    .addColumn('input_tokens', 'integer', (column) => column.notNull())
    .addColumn('output_tokens', 'integer', (column) => column.notNull())
    .execute()

  await db.schema
    .createTable('run_tool')
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('tool', 'text', (column) => column.notNull())
    .addColumn('calls', 'integer', (column) => column.notNull())
    .addColumn('failed', 'integer', (column) => column.notNull())
    .addColumn('timed', 'integer', (column) => column.notNull())
    .addColumn('total_ms', 'double precision', (column) => column.notNull())
    .addPrimaryKeyConstraint('run_tool_key', ['run_id', 'tool'])
    .execute()
  await db.schema.createIndex('run_by_tool').on('run_tool').columns(['tool', 'run_id']).execute()

  await db.schema
    .createTable('run_finding')
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('count', 'integer', (column) => column.notNull())
    .addColumn('cost_ms', 'double precision', (column) => column.notNull())
    .addPrimaryKeyConstraint('run_finding_key', ['run_id', 'code'])
    .execute()
  await db.schema.createIndex('run_by_finding').on('run_finding').columns(['code', 'run_id']).execute()

  await db.schema.createIndex('run_by_model').on('run').columns(['model', 'id']).execute()
  await db.schema.createIndex('run_by_begin').on('run').columns(['created_at']).execute()
  await db.schema.createIndex('run_by_end').on('run').columns(['finished_at']).execute()

  await db.schema
    .createTable('setting')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .execute()
}

import { createHash } from 'node:crypto'
import { canonicalJson } from '@volley/shared/lib/json.ts'
import type { Kysely } from 'kysely'

interface Before {
  flow_version: { flow_id: string; version: number; document: string; hash: string }
}

/** Who saved a version, what was said of it, and the hash of its content. */
export async function up(db: Kysely<Before>): Promise<void> {
  for (const column of ['author', 'note'])
    await db.schema.alterTable('flow_version').addColumn(column, 'text').execute()
  await db.schema
    .alterTable('flow_version')
    .addColumn('hash', 'text', (column) => column.notNull().defaultTo(''))
    .execute()
  for (const { flow_id, version } of await db.selectFrom('flow_version').select(['flow_id', 'version']).execute()) {
    const here = db.selectFrom('flow_version').where('flow_id', '=', flow_id).where('version', '=', version)
    const { document } = await here.select('document').executeTakeFirstOrThrow()
    // Written out and not called from the store: what a step did may not change with it.
    const hash = createHash('sha256')
      .update(canonicalJson(JSON.parse(document)))
      .digest('hex')
    await db
      .updateTable('flow_version')
      .set({ hash })
      .where('flow_id', '=', flow_id)
      .where('version', '=', version)
      .execute()
  }
}

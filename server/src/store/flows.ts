import { createHash } from 'node:crypto'
import type { FlowVersion, SavedFlow } from '@volley/shared/api.ts'
import type { FlowDocument } from '@volley/shared/flow/flow.ts'
import { canonicalJson, isEqualJson } from '@volley/shared/lib/json.ts'
import type { Database } from './database.ts'
import { lockingRow } from './dialect.ts'
import { newId } from './ids.ts'

/** What becomes of a save: a stale one is told the version that stands. */
export type Saved = { is: 'saved'; flow: SavedFlow } | { is: 'unknown' } | { is: 'stale'; version: number }

export interface Flows {
  create(document: FlowDocument, author?: string | null): Promise<SavedFlow>
  /** The last changed first. `after` is the flow that ended the list before. */
  list(page: { limit: number; after?: { updatedAt: string; id: string } | undefined }): Promise<SavedFlow[]>
  get(id: string): Promise<SavedFlow | null>
  /**
   * Makes a new version; none when the document equals the newest one. With `expected` only when that is the newest version: a save
   * that finds its own document already there (its first answer was lost) has succeeded.
   */
  put(id: string, document: FlowDocument, expected?: number, author?: string | null): Promise<Saved>
  /** Removes the flow with its versions, labels and tokens; its runs stay. False when there is none. */
  delete(id: string): Promise<boolean>
  /** Newest first, without the documents; null when there is no such flow. */
  versions(id: string): Promise<FlowVersion[] | null>
  version(id: string, version: number): Promise<(FlowVersion & { flow: FlowDocument }) | null>
  /** Says something of a version, or with null nothing any more. False when the flow has no such version. */
  note(id: string, version: number, note: string | null): Promise<boolean>
  /** Takes a label away. False when it was not there. */
  unlabel(id: string, label: string): Promise<boolean>
  /** Makes the label name this version. False when the flow has no such version. */
  label(id: string, label: string, version: number): Promise<boolean>
  labelled(id: string, label: string): Promise<number | null>
  /** Every flow that has this label, with the version it names; the oldest flow first. */
  labelledAll(label: string): Promise<{ id: string; version: number; flow: FlowDocument }[]>
}

/** Saved flows. A version never changes once it is stored, but for what is said of it: its note. */
export function createFlows(
  db: Database,
  { now, id: newFlowId = newId }: { now: () => Date; id?: () => string },
): Flows {
  const newest = db
    .selectFrom('flow')
    .innerJoin('flow_version', (join) =>
      join.onRef('flow_version.flow_id', '=', 'flow.id').onRef('flow_version.version', '=', 'flow.version'),
    )
    .select(['flow.id', 'flow.version', 'flow.created_at', 'flow.updated_at', 'flow_version.document'])

  const labelsOf = async (id: string): Promise<Map<number, string[]>> => {
    const rows = await db.selectFrom('label').selectAll().where('flow_id', '=', id).orderBy('label').execute()
    const labels = new Map<number, string[]>()
    for (const { version, label } of rows) labels.set(version, [...(labels.get(version) ?? []), label])
    return labels
  }

  return {
    async create(document, author = null) {
      const id = newFlowId()
      const at = now().toISOString()
      await db.transaction().execute(async (transaction) => {
        await transaction.insertInto('flow').values({ id, version: 1, created_at: at, updated_at: at }).execute()
        const row = { flow_id: id, version: 1, created_at: at, author, ...contentOf(document) }
        await transaction.insertInto('flow_version').values(row).execute()
      })
      return { id, version: 1, flow: document, createdAt: at, updatedAt: at }
    },

    async list({ limit, after }) {
      let query = newest.orderBy('flow.updated_at', 'desc').orderBy('flow.id', 'desc').limit(limit)
      if (after)
        query = query.where(({ eb, and, or }) =>
          or([
            eb('flow.updated_at', '<', after.updatedAt),
            and([eb('flow.updated_at', '=', after.updatedAt), eb('flow.id', '<', after.id)]),
          ]),
        )
      return (await query.execute()).map(savedFlow)
    },

    async get(id) {
      const row = await newest.where('flow.id', '=', id).executeTakeFirst()
      return row ? savedFlow(row) : null
    },

    async put(id, document, expected, author = null) {
      return db.transaction().execute(async (transaction): Promise<Saved> => {
        const row = await transaction
          .selectFrom('flow')
          .innerJoin('flow_version', (join) =>
            join.onRef('flow_version.flow_id', '=', 'flow.id').onRef('flow_version.version', '=', 'flow.version'),
          )
          .select(['flow.id', 'flow.version', 'flow.created_at', 'flow.updated_at', 'flow_version.document'])
          .where('flow.id', '=', id)
          .$call(lockingRow(db))
          .executeTakeFirst()
        if (!row) return { is: 'unknown' }
        const standing = savedFlow(row)
        if (expected !== undefined && expected !== standing.version) return { is: 'stale', version: standing.version }
        if (isEqualJson(standing.flow, document)) return { is: 'saved', flow: standing }
        const version = standing.version + 1
        const at = now().toISOString()
        await transaction
          .insertInto('flow_version')
          .values({ flow_id: id, version, created_at: at, author, ...contentOf(document) })
          .execute()
        await transaction.updateTable('flow').set({ version, updated_at: at }).where('id', '=', id).execute()
        return { is: 'saved', flow: { ...standing, version, flow: document, updatedAt: at } }
      })
    },

    async delete(id) {
      return db.transaction().execute(async (transaction) => {
        const { numDeletedRows } = await transaction.deleteFrom('flow').where('id', '=', id).executeTakeFirst()
        await transaction.deleteFrom('flow_version').where('flow_id', '=', id).execute()
        await transaction.deleteFrom('label').where('flow_id', '=', id).execute()
        await transaction.deleteFrom('api_token').where('flow_id', '=', id).execute()
        return numDeletedRows > 0n
      })
    },

    async versions(id) {
      const rows = await db
        .selectFrom('flow_version')
        .select(['version', 'created_at', 'author', 'note', 'hash'])
        .where('flow_id', '=', id)
        .orderBy('version', 'desc')
        .execute()
      if (rows.length === 0) return null
      const labels = await labelsOf(id)
      return rows.map(({ version, created_at, author, note, hash }) => ({
        version,
        createdAt: created_at,
        author,
        note,
        hash,
        labels: labels.get(version) ?? [],
      }))
    },

    async version(id, version) {
      const row = await db
        .selectFrom('flow_version')
        .select(['document', 'created_at', 'author', 'note', 'hash'])
        .where('flow_id', '=', id)
        .where('version', '=', version)
        .executeTakeFirst()
      if (!row) return null
      const labels = (await labelsOf(id)).get(version) ?? []
      const { author, note, hash, created_at: createdAt } = row
      return { version, createdAt, author, note, hash, labels, flow: JSON.parse(row.document) as FlowDocument }
    },

    async note(id, version, note) {
      const { numUpdatedRows } = await db
        .updateTable('flow_version')
        .set({ note })
        .where('flow_id', '=', id)
        .where('version', '=', version)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },

    async unlabel(id, label) {
      const { numDeletedRows } = await db
        .deleteFrom('label')
        .where('flow_id', '=', id)
        .where('label', '=', label)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },

    async label(id, label, version) {
      return db.transaction().execute(async (transaction) => {
        const found = await transaction
          .selectFrom('flow_version')
          .select('version')
          .where('flow_id', '=', id)
          .where('version', '=', version)
          .executeTakeFirst()
        if (!found) return false
        await transaction
          .insertInto('label')
          .values({ flow_id: id, label, version })
          .onConflict((conflict) => conflict.columns(['flow_id', 'label']).doUpdateSet({ version }))
          .execute()
        return true
      })
    },

    async labelled(id, label) {
      const row = await db
        .selectFrom('label')
        .select('version')
        .where('flow_id', '=', id)
        .where('label', '=', label)
        .executeTakeFirst()
      return row?.version ?? null
    },

    async labelledAll(label) {
      const rows = await db
        .selectFrom('label')
        .innerJoin('flow_version', (join) =>
          join.onRef('flow_version.flow_id', '=', 'label.flow_id').onRef('flow_version.version', '=', 'label.version'),
        )
        .select(['label.flow_id', 'label.version', 'flow_version.document'])
        .where('label.label', '=', label)
        .orderBy('label.flow_id')
        .execute()
      return rows.map(({ flow_id, version, document }) => ({
        id: flow_id,
        version,
        flow: JSON.parse(document) as FlowDocument,
      }))
    },
  }
}

function contentOf(document: FlowDocument): { document: string; hash: string } {
  const hash = createHash('sha256').update(canonicalJson(document)).digest('hex')
  return { document: JSON.stringify(document), hash }
}

function savedFlow(row: { id: string; version: number; created_at: string; updated_at: string; document: string }) {
  return {
    id: row.id,
    version: row.version,
    flow: JSON.parse(row.document) as FlowDocument,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

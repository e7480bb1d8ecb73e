import type { DataSet, DataSetEntry } from '@volley/shared/evals/api.ts'
import type { TestCase } from '@volley/shared/evals/testCase.ts'
import { sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'
import { newId } from './ids.ts'
import type { Tables } from './schema.ts'

/** What becomes of cases that are added: all are, or none. `index` is the place of the first one whose id is taken. */
export type Added = { is: 'added'; entry: DataSetEntry } | { is: 'unknown' } | { is: 'taken'; index: number }

export interface DataSets {
  create(set: { name: string; description: string; cases: readonly TestCase[] }): Promise<DataSet>
  /** The last changed first. */
  list(): Promise<DataSetEntry[]>
  get(id: string): Promise<DataSet | null>
  /** Without its cases. */
  entry(id: string): Promise<DataSetEntry | null>
  change(id: string, parts: { name?: string; description?: string }): Promise<DataSetEntry | null>
  /** Evals of the set keep the cases they ran on. False when there is none. */
  delete(id: string): Promise<boolean>
  add(id: string, cases: readonly TestCase[]): Promise<Added>
  /** Puts a case in the place of another one, or at the end. `taken`: its new id is that of a third one. */
  putCase(id: string, caseId: string, one: TestCase): Promise<'put' | 'unknown' | 'taken'>
  /** False when there is no such set or case. */
  deleteCase(id: string, caseId: string): Promise<boolean>
}

const ROWS_PER_INSERT = 400

/** Data sets: cases under a name. */
export function createDataSets(db: Database, { now }: { now: () => Date }): DataSets {
  const entries = db
    .selectFrom('data_set')
    .leftJoin('data_set_case', 'data_set_case.data_set_id', 'data_set.id')
    .select(['data_set.id', 'name', 'description', 'created_at as createdAt', 'updated_at as updatedAt'])
    .select(sql<number>`count(data_set_case.case_id)`.as('size'))
    .groupBy('data_set.id')
  const entry = async (id: string) => (await entries.where('data_set.id', '=', id).executeTakeFirst()) ?? null

  /** Notes that the set changed; false when there is none. */
  const touch = async (transaction: Transaction<Tables>, id: string, parts: object = {}) => {
    const { numUpdatedRows } = await transaction
      .updateTable('data_set')
      .set({ ...parts, updated_at: now().toISOString() })
      .where('id', '=', id)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }
  const has = async (transaction: Transaction<Tables>, id: string, caseId: string) =>
    (await transaction
      .selectFrom('data_set_case')
      .select('place')
      .where('data_set_id', '=', id)
      .where('case_id', '=', caseId)
      .executeTakeFirst()) !== undefined
  const append = async (transaction: Transaction<Tables>, id: string, cases: readonly TestCase[]) => {
    const last = await transaction
      .selectFrom('data_set_case')
      .select(sql<number>`coalesce(max(place), 0)`.as('place'))
      .where('data_set_id', '=', id)
      .executeTakeFirstOrThrow()
    const rows = cases.map((one, at) => ({ ...rowOf(id, one), place: last.place + at + 1 }))
    for (let at = 0; at < rows.length; at += ROWS_PER_INSERT)
      await transaction
        .insertInto('data_set_case')
        .values(rows.slice(at, at + ROWS_PER_INSERT))
        .execute()
  }

  return {
    async create({ name, description, cases }) {
      const id = newId()
      const at = now().toISOString()
      await db.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('data_set')
          .values({ id, name, description, created_at: at, updated_at: at })
          .execute()
        await append(transaction, id, cases)
      })
      return { id, name, description, size: cases.length, cases: [...cases], createdAt: at, updatedAt: at }
    },
    list: () => entries.orderBy('updated_at', 'desc').orderBy('data_set.id', 'desc').execute(),
    entry,
    async get(id) {
      const found = await entry(id)
      if (!found) return null
      const rows = await db
        .selectFrom('data_set_case')
        .select('data')
        .where('data_set_id', '=', id)
        .orderBy('place')
        .execute()
      return { ...found, cases: rows.map(({ data }) => JSON.parse(data) as TestCase) }
    },
    async change(id, parts) {
      await db.transaction().execute((transaction) => touch(transaction, id, parts))
      return entry(id)
    },
    async delete(id) {
      return db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('data_set_case').where('data_set_id', '=', id).execute()
        const { numDeletedRows } = await transaction.deleteFrom('data_set').where('id', '=', id).executeTakeFirst()
        return numDeletedRows > 0n
      })
    },
    async add(id, cases) {
      const added = await db.transaction().execute(async (transaction): Promise<'unknown' | number> => {
        if (!(await touch(transaction, id))) return 'unknown'
        for (const [index, one] of cases.entries()) if (await has(transaction, id, one.id)) return index
        await append(transaction, id, cases)
        return cases.length
      })
      if (added === 'unknown') return { is: 'unknown' }
      if (added < cases.length) return { is: 'taken', index: added }
      const found = await entry(id)
      return found ? { is: 'added', entry: found } : { is: 'unknown' }
    },
    async putCase(id, caseId, one) {
      return db.transaction().execute(async (transaction) => {
        if (!(await touch(transaction, id))) return 'unknown'
        if (one.id !== caseId && (await has(transaction, id, one.id))) return 'taken'
        const { numUpdatedRows } = await transaction
          .updateTable('data_set_case')
          .set(rowOf(id, one))
          .where('data_set_id', '=', id)
          .where('case_id', '=', caseId)
          .executeTakeFirst()
        if (numUpdatedRows === 0n) await append(transaction, id, [one])
        return 'put'
      })
    },
    async deleteCase(id, caseId) {
      return db.transaction().execute(async (transaction) => {
        const { numDeletedRows } = await transaction
          .deleteFrom('data_set_case')
          .where('data_set_id', '=', id)
          .where('case_id', '=', caseId)
          .executeTakeFirst()
        return numDeletedRows > 0n && (await touch(transaction, id))
      })
    },
  }
}

const rowOf = (id: string, one: TestCase) => ({ data_set_id: id, case_id: one.id, data: JSON.stringify(one) })

import { canonicalJson } from '@volley/shared/lib/json.ts'
import type { Transaction } from 'kysely'
import { plainText } from './dialect.ts'
import type { Tables } from './schema.ts'
import type { Store } from './store.ts'

/** How many of each were carried over, and how many were there already. */
export interface Moved {
  what: string
  moved: number
  there: number
}

const PAGE = 400
/** Small tables, in an order in which each row finds what it belongs to. */
const SMALL = [
  'flow_version',
  'label',
  'price',
  'setting',
  'api_token',
  'data_set',
  'data_set_case',
  'eval',
  'eval_result',
] as const
/** What lies beside a run's row, and goes with it. */
const OF_RUN = ['event', 'exchange', 'run_digest', 'run_tool', 'run_finding', 'idempotency_key'] as const

/**
 * Carries all that one store holds over to another one. What is there already stays as it is, so it can be run again: after a failure, or for what
 * came since. A run goes over whole or not at all; unfinished ones go on there. Secrets are encrypted anew, with the key of the other store.
 */
export async function moveStore(from: Store, to: Store, { onMoved }: { onMoved(moved: Moved): void }): Promise<void> {
  onMoved({ what: 'flow', ...(await moveFlows(from, to)) })
  for (const table of SMALL) onMoved({ what: table, ...(await moveTable(from, to, table)) })
  onMoved({ what: 'secret', ...(await moveSecrets(from, to)) })
  onMoved({ what: 'connection', ...(await moveConnections(from, to)) })
  onMoved({ what: 'run', ...(await moveRuns(from, to)) })
  onMoved({ what: 'audit', ...(await moveAudit(from, to)) })
}

type Count = Omit<Moved, 'what'>

async function moveFlows({ database: from }: Store, { database: to }: Store): Promise<Count> {
  const count: Count = { moved: 0, there: 0 }
  for (const row of await from.selectFrom('flow').selectAll().execute()) {
    const standing = await to.selectFrom('flow').select('version').where('id', '=', row.id).executeTakeFirst()
    if (!standing) await to.insertInto('flow').values(row).execute()
    else if (standing.version < row.version) await to.updateTable('flow').set(row).where('id', '=', row.id).execute()
    if (standing && standing.version >= row.version) count.there++
    else count.moved++
  }
  return count
}

async function moveTable({ database: from }: Store, { database: to }: Store, table: (typeof SMALL)[number]) {
  const count: Count = { moved: 0, there: 0 }
  for (let offset = 0; ; offset += PAGE) {
    // Nobody else writes to the store that is moved: its rows stay where they are.
    const rows = await from.selectFrom(table).selectAll().limit(PAGE).offset(offset).execute()
    if (rows.length === 0) return count
    const { numInsertedOrUpdatedRows = 0n } = await to
      .insertInto(table)
      .values(rows as never)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    count.moved += Number(numInsertedOrUpdatedRows)
    count.there += rows.length - Number(numInsertedOrUpdatedRows)
  }
}

async function moveSecrets({ secrets: from }: Store, { secrets: to }: Store): Promise<Count> {
  const count: Count = { moved: 0, there: 0 }
  const there = new Set((await to.names()).map(({ name }) => name))
  for (const { name, value, origins } of await from.values()) {
    if (there.has(name)) count.there++
    else if (value !== null) {
      await to.put(name, { value, origins })
      count.moved++
    }
  }
  return count
}

async function moveConnections({ connections: from }: Store, { connections: to }: Store): Promise<Count> {
  const count: Count = { moved: 0, there: 0 }
  for (const { name, kind, content, hidden, hash, approvedHash } of await from.list()) {
    if (await to.get(name)) {
      count.there++
      continue
    }
    const moved = await to.put({
      name,
      kind,
      content,
      hidden: hidden ?? {},
      hash: await to.hashOf(canonicalJson({ ...(content as object), ...(hidden as object | null) })),
    })
    // The content that was approved is the same; its hash is another, since it is made with the key.
    if (approvedHash === hash) await to.approve(name, moved.hash)
    count.moved++
  }
  return count
}

async function moveRuns(from: Store, to: Store): Promise<Count> {
  const count: Count = { moved: 0, there: 0 }
  for (let after = ''; ; ) {
    const rows = await from.database
      .selectFrom('run')
      .selectAll()
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const row of rows) {
      const isNew = await to.database.transaction().execute(async (transaction) => {
        const { numInsertedOrUpdatedRows = 0n } = await transaction
          .insertInto('run')
          .values({ ...row, input: plainText(row.input), flow_name: plainText(row.flow_name), owner: null })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirstOrThrow()
        if (numInsertedOrUpdatedRows === 0n) return false
        for (const table of OF_RUN) await moveOfRun(from, transaction, table, row.id)
        return true
      })
      if (isNew) count.moved++
      else count.there++
    }
    const last = rows.at(-1)
    if (!last) return count
    after = last.id
  }
}

async function moveOfRun(
  { database: from }: Store,
  to: Transaction<Tables>,
  table: (typeof OF_RUN)[number],
  runId: string,
): Promise<void> {
  for (let offset = 0; ; offset += PAGE) {
    const query = from.selectFrom(table).selectAll().where('run_id', '=', runId).limit(PAGE).offset(offset)
    const rows = await (table === 'exchange' ? query.orderBy('id' as never) : query).execute()
    if (rows.length === 0) return
    // Rows that number themselves get numbers of the other store, in the same order.
    const values = rows.map((row) => {
      const { id: _number, ...rest } = row as { id?: number }
      return rest
    })
    await to
      .insertInto(table)
      .values(values as never)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

async function moveAudit({ database: from }: Store, { database: to }: Store): Promise<Count> {
  const count: Count = { moved: 0, there: 0 }
  for (const { at, what, detail } of await from.selectFrom('audit').selectAll().orderBy('id').execute()) {
    const same = await to
      .selectFrom('audit')
      .select('id')
      .where('at', '=', at)
      .where('what', '=', what)
      .where('detail', '=', detail)
      .executeTakeFirst()
    if (same) count.there++
    else {
      await to.insertInto('audit').values({ at, what, detail }).execute()
      count.moved++
    }
  }
  return count
}

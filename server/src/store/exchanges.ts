import type { Exchange, ExchangedText } from '@volley/shared/api.ts'
import { sql } from 'kysely'
import type { Exchanges } from '../engine/ports.ts'
import type { Database } from './database.ts'

// What went to models and came back. A run is its events; this is for people who look into one, and nothing else reads it.

export interface ExchangeRows extends Exchanges {
  /** What is kept of a run, in order. */
  list(runId: string): Promise<Exchange[]>
  /** Resolves when nothing is left to be written. */
  idle(): Promise<void>
}

/** How much is kept of one run, in letters; of what comes then only its size is. */
export const MOST_OF_RUN = 8 * 1024 * 1024
/** The end of a message is when its calls begin: what is kept of it is written a little later, for all runs in one piece. */
const WAIT_MS = 200

export function createExchanges(db: Database, { onFault }: { onFault(fault: unknown): void }): ExchangeRows {
  let gathered: { runId: string; read(): Exchange }[] = []
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> = Promise.resolve()

  const write = async (entries: typeof gathered) => {
    const kept = new Map<string, number>()
    const rows: { run_id: string; data: string }[] = []
    for (const { runId, read } of entries) {
      // A long one takes a while: others have their turn between two of them.
      await new Promise<void>((resolve) => setImmediate(resolve))
      const before = kept.get(runId) ?? (await keptOf(runId))
      if (before === null) continue
      const exchange = read()
      const whole = JSON.stringify(exchange)
      const data = before + whole.length > MOST_OF_RUN ? JSON.stringify(withoutTexts(exchange)) : whole
      kept.set(runId, before + data.length)
      rows.push({ run_id: runId, data })
    }
    if (rows.length > 0) await db.insertInto('exchange').values(rows).execute()
  }

  /** How much is kept of a run; null for one that is not there any more. */
  const keptOf = async (runId: string): Promise<number | null> => {
    const row = await db
      .selectFrom('run')
      .leftJoin('exchange', 'exchange.run_id', 'run.id')
      .select(sql<number>`coalesce(sum(length(exchange.data)), 0)`.as('chars'))
      .where('run.id', '=', runId)
      .groupBy('run.id')
      .executeTakeFirst()
    return row?.chars ?? null
  }

  const flush = () => {
    if (timer) clearTimeout(timer)
    timer = null
    const entries = gathered
    gathered = []
    if (entries.length > 0) writing = writing.then(() => write(entries)).catch(onFault)
    return writing
  }

  return {
    keep(runId, read) {
      gathered.push({ runId, read })
      timer ??= setTimeout(() => void flush(), WAIT_MS).unref()
    },
    async list(runId) {
      await flush()
      const rows = await db.selectFrom('exchange').select('data').where('run_id', '=', runId).orderBy('id').execute()
      return rows.map(({ data }) => JSON.parse(data) as Exchange)
    },
    idle: flush,
  }
}

function withoutTexts({ request, answer, ...rest }: Exchange): Exchange {
  const empty = ({ bytes }: ExchangedText): ExchangedText => ({ text: '', bytes, leftOut: FULL })
  return {
    ...rest,
    request: { ...request, body: empty(request.body) },
    answer: answer && { ...answer, body: empty(answer.body) },
  }
}

const FULL = `As much as is kept of one run (${MOST_OF_RUN >> 20} MB) was kept before.`

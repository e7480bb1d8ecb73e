import type { AuditEntry, AuditRows } from '../store/audit.ts'

/** What is kept of what people and flows did. */
export const AUDITED = [
  'signed_in',
  'token_refused',
  'call_approved',
  'call_denied',
  'call_blocked',
  'connection_stored',
  'connection_deleted',
  'connection_approved',
  'secret_stored',
  'secret_deleted',
  'secret_used',
  'imported',
  'exported',
  'drafted',
  'price_stored',
  'prices_reset',
  'api_token_made',
  'api_token_revoked',
  'api_token_refused',
  'retention_set',
  'runs_deleted',
] as const
export type Audited = (typeof AUDITED)[number]

export interface Audit {
  /** Adds an entry, its detail without secrets. Nobody waits for it: a store that cannot write is told to the log. */
  note(what: Audited, detail?: Record<string, unknown>): void
  /** The same, but of a kind that a stranger could repeat at will: one entry a minute, which says how many there were. */
  noteSeldom(what: Audited, detail?: Record<string, unknown>): void
  list(page: { limit: number; before?: number | undefined }): Promise<AuditEntry[]>
  /** Resolves when all that was noted is stored. */
  idle(): Promise<void>
}

export interface AuditOptions {
  now: () => number
  hide: <Value>(value: Value) => Value
  onFault: (fault: unknown) => void
}

const SELDOM_MS = 60_000

export function createAudit(rows: AuditRows, { now, hide, onFault }: AuditOptions): Audit {
  const seldom = new Map<string, { at: number; since: number }>()
  let last: Promise<unknown> = Promise.resolve()

  const note: Audit['note'] = (what, detail = {}) => {
    const hidden = hide(detail)
    last = last.then(() => rows.add(what, hidden)).catch(onFault)
  }
  return {
    note,
    noteSeldom(what, detail = {}) {
      const before = seldom.get(what)
      if (before && now() - before.at < SELDOM_MS) {
        before.since++
        return
      }
      seldom.set(what, { at: now(), since: 0 })
      note(what, before && before.since > 0 ? { ...detail, moreBefore: before.since } : detail)
    },
    list: (page) => rows.list(page),
    async idle() {
      await last
    },
  }
}

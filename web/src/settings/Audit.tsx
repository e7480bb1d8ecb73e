import { useState } from 'react'
import { type AuditEntry, listAudit } from '../api/audit.ts'
import { sentenceOf } from '../api/client.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { Button } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Part } from './Part.tsx'
import { momentOf } from './words.ts'

const PAGE = 25

/** What was done on this server, the newest first, as far back as one wants to look. */
export function Audit() {
  const { loaded, reload } = useAnswer('audit', (signal) => listAudit({ limit: PAGE }, signal))
  const [older, setOlder] = useState<{ items: AuditEntry[]; cursor: string | null } | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const first = loaded.is === 'there' ? loaded.value : { items: [] }
  const entries = [...first.items, ...(older?.items ?? [])]
  const cursor = older ? older.cursor : (first.cursor ?? null)
  const more = async () => {
    if (cursor === null) return
    const answer = await listAudit({ limit: PAGE, cursor })
    if (!answer.ok) return setFault(sentenceOf(answer.error))
    setFault(null)
    setOlder({ items: [...(older?.items ?? []), ...answer.value.items], cursor: answer.value.cursor ?? null })
  }
  return (
    <Part
      id="audit"
      title="Audit"
      note="Logins, approvals, uses of secrets, refused addresses, imports and exports. It only grows; nothing in it can be changed."
      action={
        <Button
          onClick={() => {
            setOlder(null)
            reload()
          }}
        >
          Refresh
        </Button>
      }
    >
      {loaded.is === 'fault' && <Notice tone="failed">{sentenceOf(loaded.fault)}</Notice>}
      {loaded.is === 'there' && entries.length === 0 && (
        <p className="m-0 text-sm text-text-2">Nothing has been noted yet.</p>
      )}
      {entries.length > 0 && (
        <div className="overflow-hidden rounded-xl border border-line bg-surface-1">
          <table className="w-full table-fixed border-collapse text-left text-xs">
            <thead>
              <tr className="border-b border-line bg-surface-2 text-text-3">
                <th className="w-36 px-4 py-2 font-normal">When</th>
                <th className="w-44 px-2 py-2 font-normal">What</th>
                <th className="px-2 py-2 font-normal">With</th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <tr key={entry.id} data-audit={entry.what} className="border-line align-top not-last:border-b">
                  <td className="px-4 py-2 font-mono text-2xs leading-[18px] whitespace-nowrap text-text-2">
                    <time dateTime={entry.at}>{momentOf(entry.at)}</time>
                  </td>
                  <td className={`px-2 py-2 ${LOUD.has(entry.what) ? 'text-failed-text' : 'text-text-1'}`}>
                    {sentence(entry.what)}
                  </td>
                  <td className="px-2 py-2 pr-4 break-words text-text-2">
                    <Detail detail={entry.detail} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {fault && <Notice tone="failed">{fault}</Notice>}
      {cursor !== null && (
        <Button variant="ghost" className="mt-2" onClick={() => void more()}>
          Show older
        </Button>
      )}
    </Part>
  )
}

/** What someone who looks here probably looks for. */
const LOUD = new Set(['call_blocked', 'call_denied', 'sign_in_refused'])

/** `secret_stored` gives `Secret stored`. */
const sentence = (what: string) => what.charAt(0).toUpperCase() + what.slice(1).replaceAll('_', ' ')

function Detail({ detail }: { detail: Record<string, unknown> }) {
  const facts = Object.entries(detail).filter(([, value]) => value !== null && value !== undefined)
  return (
    <span className="flex flex-wrap gap-x-3">
      {facts.map(([name, value]) => (
        <span key={name} className="min-w-0">
          <span className="text-text-3">{name}</span>{' '}
          <span className="font-mono text-2xs break-all text-text-1">{shown(name, value)}</span>
        </span>
      ))}
    </span>
  )
}

function shown(name: string, value: unknown): string {
  const isTexts = Array.isArray(value) && value.every((one) => typeof one === 'string')
  const text = typeof value === 'string' ? value : isTexts ? value.join(', ') : JSON.stringify(value)
  return name === 'hash' ? text.slice(0, 12) : text
}

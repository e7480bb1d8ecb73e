import type { ConnectionEntry } from '@volley/shared/api.ts'
import { ShieldAlert } from 'lucide-react'
import { useState } from 'react'
import { sentenceOf } from '../api/client.ts'
import { approveConnection } from '../api/connections.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Notice } from '../ui/Notice.tsx'

/** Shows exactly what would be started, and asks for it. The approval is for this content alone: any change asks again. */
export function ApprovalDialog({
  entry,
  onClose,
  onApproved,
}: {
  /** The command to look at; null while there is none. */
  entry: ConnectionEntry | null
  onClose: () => void
  onApproved: (entry: ConnectionEntry) => void
}) {
  const [fault, setFault] = useState<string | null>(null)
  const close = () => {
    setFault(null)
    onClose()
  }
  const approve = async () => {
    if (!entry) return
    const answer = await approveConnection(entry.name, entry.hash)
    if (!answer.ok) return setFault(sentenceOf(answer.error))
    close()
    onApproved(answer.value)
  }
  return (
    <Dialog
      open={entry !== null}
      onOpenChange={(isOpen) => !isOpen && close()}
      title={entry?.approved ? `The command of “${entry.name}”` : `May “${entry?.name ?? ''}” run this command?`}
      description={
        entry?.approved
          ? 'It was approved as it stands here.'
          : 'Approve it only if you know the program and trust its source.'
      }
      footer={
        <>
          <Button onClick={close}>{entry?.approved ? 'Close it' : 'Not now'}</Button>
          {!entry?.approved && (
            <Button variant="primary" onClick={() => void approve()}>
              Approve this command
            </Button>
          )}
        </>
      }
    >
      {entry && (
        <div className="flex flex-col gap-4">
          <p className="m-0 flex gap-2.5 text-sm text-text-2">
            <ShieldAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-waiting-text" />
            It runs on the machine of the Volley server, with the rights of that server: it can read and change files,
            and reach the network.
          </p>
          <dl className="m-0 flex flex-col gap-3 rounded-lg border border-line bg-surface-2 p-3">
            <Said name="Command" values={[entry.command ?? '']} />
            <Said name="Arguments" values={entry.args ?? []} none="none" isNumbered />
            <Said
              name="Environment"
              values={Object.entries(entry.env ?? {}).map(([name, value]) => `${name}=${value ?? '(stored value)'}`)}
              none="nothing added"
            />
            <Said name="Working folder" values={entry.cwd ? [entry.cwd] : []} none="the server's own" />
          </dl>
          <p className="m-0 text-xs text-text-3">
            The approval is for content <code className="font-mono">{entry.hash.slice(0, 12)}</code>: when any of it
            changes, it is asked again.
          </p>
          {fault && <Notice tone="failed">{fault}</Notice>}
        </div>
      )}
    </Dialog>
  )
}

function Said({
  name,
  values,
  none = '',
  isNumbered = false,
}: {
  name: string
  values: readonly string[]
  none?: string
  isNumbered?: boolean
}) {
  return (
    <div className="grid grid-cols-[110px_1fr] gap-3">
      <dt className="text-xs text-text-2">{name}</dt>
      <dd className="m-0 flex min-w-0 flex-col gap-1">
        {values.length === 0 && <span className="text-xs text-text-3">{none}</span>}
        {values.map((value, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two arguments may be the same, and their order is fixed.
          <span key={at} className="flex gap-2 font-mono text-xs text-text-1">
            {isNumbered && <span className="w-4 shrink-0 text-right text-text-3 select-none">{at + 1}</span>}
            <span className="min-w-0 break-all whitespace-pre-wrap">{value === '' ? '(empty)' : visible(value)}</span>
          </span>
        ))}
      </dd>
    </div>
  )
}

/** A text in which nothing hides: characters that draw nothing, or turn the direction of writing, are written out. */
const visible = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (letter) =>
    letter === '\n' ? '⏎\n' : `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`,
  )

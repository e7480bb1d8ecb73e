import type { ConnectionEntry } from '@volley/shared/api.ts'
import { Plus, Unplug } from 'lucide-react'
import { useState } from 'react'
import { sentenceOf } from '../api/client.ts'
import { deleteConnection, listConnections } from '../api/connections.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { ApprovalDialog } from '../connections/ApprovalDialog.tsx'
import { ConnectionDialog } from '../connections/ConnectionDialog.tsx'
import { Button } from '../ui/Button.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Notice } from '../ui/Notice.tsx'
import { toast } from '../ui/toast.tsx'
import { ConnectionRow } from './ConnectionRow.tsx'
import { LIST, Part } from './Part.tsx'

type Open =
  | { is: 'nothing' }
  | { is: 'form'; entry: ConnectionEntry | null }
  | { is: 'approval' | 'deleting'; entry: ConnectionEntry }

/** Model endpoints and MCP servers: added, changed, tried, approved and taken away. `onChanged`: which models there are may have changed. */
export function Connections({ onChanged }: { onChanged: () => void }) {
  const { loaded, reload } = useAnswer('connections', listConnections)
  const [open, setOpen] = useState<Open>({ is: 'nothing' })
  const close = () => setOpen({ is: 'nothing' })
  const refresh = () => {
    reload()
    onChanged()
  }
  const entries = loaded.is === 'there' ? loaded.value.items : []
  const add = (
    <Button icon={<Plus size={14} aria-hidden />} onClick={() => setOpen({ is: 'form', entry: null })}>
      Add connection
    </Button>
  )
  return (
    <Part
      id="connections"
      title="Connections"
      note="Servers that flows may use by name: models that speak the OpenAI or Anthropic protocol, and MCP servers with tools."
      action={entries.length > 0 && add}
    >
      {loaded.is === 'fault' && (
        <Notice tone="failed">
          {sentenceOf(loaded.fault)}{' '}
          <button type="button" className="underline" onClick={reload}>
            Ask again
          </button>
        </Notice>
      )}
      {loaded.is === 'there' && entries.length === 0 && (
        <div className="rounded-xl border border-dashed border-line-strong">
          <EmptyState icon={<Unplug size={20} />} title="No connections yet" action={add}>
            Connect a model of your own, for example Ollama on this machine, or an MCP server, whose tools then go into
            a flow with a few clicks.
          </EmptyState>
        </div>
      )}
      {entries.length > 0 && (
        <ul aria-label="Stored connections" className={LIST}>
          {entries.map((entry) => (
            <ConnectionRow
              key={`${entry.name} ${entry.hash}`}
              entry={entry}
              onApprove={() => setOpen({ is: 'approval', entry })}
              onEdit={() => setOpen({ is: 'form', entry })}
              onDelete={() => setOpen({ is: 'deleting', entry })}
            />
          ))}
        </ul>
      )}
      <ConnectionDialog
        open={open.is === 'form'}
        entry={open.is === 'form' ? open.entry : null}
        onClose={close}
        onStored={(entry) => {
          refresh()
          // A command is of no use before it was approved: it is shown at once.
          if (!entry.approved) setTimeout(() => setOpen({ is: 'approval', entry }), 0)
        }}
      />
      <ApprovalDialog entry={open.is === 'approval' ? open.entry : null} onClose={close} onApproved={refresh} />
      <ConfirmDialog
        open={open.is === 'deleting'}
        title={open.is === 'deleting' ? `Delete ${open.entry.name}?` : 'Delete?'}
        verb="Delete connection"
        onCancel={close}
        onConfirm={() => {
          if (open.is !== 'deleting') return
          close()
          void deleteConnection(open.entry.name).then((answer) => {
            if (!answer.ok) toast.problem('The connection was not deleted.', sentenceOf(answer.error))
            refresh()
          })
        }}
      >
        Flows and tools that use it fail from then on, and say so. Its stored keys are deleted with it.
      </ConfirmDialog>
    </Part>
  )
}

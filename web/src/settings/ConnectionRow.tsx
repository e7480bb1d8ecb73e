import type { ConnectionEntry, ConnectionTest } from '@volley/shared/api.ts'
import { Bot, Ellipsis, List, Pencil, Plug, ShieldCheck, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { sentenceOf } from '../api/client.ts'
import { testConnection } from '../api/connections.ts'
import { kindLabel, targetOf } from '../connections/kinds.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Menu, MenuItem, MenuSeparator } from '../ui/Menu.tsx'
import { StatusDot } from '../ui/StatusDot.tsx'
import { Offers } from './Offers.tsx'
import { ROW } from './Part.tsx'

interface RowProps {
  entry: ConnectionEntry
  onApprove: () => void
  onEdit: () => void
  onDelete: () => void
}

type Test = { is: 'not yet' } | { is: 'running' } | { is: 'done'; result: ConnectionTest }

/** One connection: what it is, where it leads, how it stands, and what can be done with it. */
export function ConnectionRow({ entry, onApprove, onEdit, onDelete }: RowProps) {
  const [test, setTest] = useState<Test>({ is: 'not yet' })
  const [showsOffers, setShowsOffers] = useState(false)
  const run = async () => {
    setTest({ is: 'running' })
    const answer = await testConnection(entry.name)
    const result: ConnectionTest = answer.ok ? answer.value : { ok: false, message: sentenceOf(answer.error) }
    setTest({ is: 'done', result })
  }
  const state = stateOf(entry, test)
  const Icon = entry.kind === 'mcp' ? Plug : Bot
  return (
    <li data-connection={entry.name} className={`${ROW} flex-wrap`}>
      <span className="inline-flex size-7 shrink-0 items-center justify-center rounded-md bg-surface-3 text-text-2">
        <Icon size={14} aria-hidden />
      </span>
      <div className="min-w-0 flex-1">
        <p className="m-0 flex flex-wrap items-baseline gap-x-2">
          <span className="font-mono text-sm font-medium break-all">{entry.name}</span>
          <span className="text-xs text-text-3">{kindLabel(entry)}</span>
        </p>
        <p className="m-0 truncate font-mono text-xs text-text-2" title={targetOf(entry)}>
          {targetOf(entry)}
        </p>
        <p
          role="status"
          data-status={state.status}
          className="m-0 mt-1 flex items-start gap-2 text-xs break-words text-status-text"
        >
          <StatusDot status={state.status} className="mt-[4px] shrink-0" />
          <span className="min-w-0">{state.words}</span>
        </p>
      </div>
      <div className="flex items-center gap-1.5">
        {entry.approved ? (
          <Button
            size="sm"
            disabled={test.is === 'running'}
            aria-label={`Test ${entry.name}`}
            onClick={() => void run()}
          >
            Test
          </Button>
        ) : (
          <Button size="sm" icon={<ShieldCheck size={13} aria-hidden />} onClick={onApprove}>
            Review and approve
          </Button>
        )}
        <Menu trigger={<IconButton label={`More for ${entry.name}`} icon={<Ellipsis size={15} />} />}>
          {entry.approved && (
            <MenuItem icon={<List size={14} />} onSelect={() => setShowsOffers(!showsOffers)}>
              {showsOffers ? 'Hide' : 'List'} {entry.kind === 'mcp' ? 'tools' : 'models'}
            </MenuItem>
          )}
          <MenuItem icon={<Pencil size={14} />} onSelect={onEdit}>
            Edit
          </MenuItem>
          {entry.command !== undefined && (
            <MenuItem icon={<ShieldCheck size={14} />} onSelect={onApprove}>
              Show the command
            </MenuItem>
          )}
          <MenuSeparator />
          <MenuItem icon={<Trash2 size={14} />} danger onSelect={onDelete}>
            Delete
          </MenuItem>
        </Menu>
      </div>
      {showsOffers && entry.approved && <Offers entry={entry} />}
    </li>
  )
}

function stateOf(entry: ConnectionEntry, test: Test): { status: string; words: string } {
  if (!entry.approved)
    return { status: 'awaiting_approval', words: 'Not approved: its command has never been started.' }
  if (test.is === 'running') return { status: 'running', words: 'Asking the server …' }
  if (test.is === 'not yet')
    return {
      status: 'idle',
      words: entry.command === undefined ? 'Not tested here yet.' : 'Approved; not tested here yet.',
    }
  if (!test.result.ok) return { status: 'failed', words: test.result.message }
  const { models, tools } = test.result
  const count = tools ?? models
  const noun = tools === undefined ? 'model' : 'tool'
  return {
    status: 'succeeded',
    words: count === undefined ? 'It answers.' : `It answers, with ${count} ${noun}${count === 1 ? '' : 's'}.`,
  }
}

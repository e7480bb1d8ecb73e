import type { ApiTokenEntry } from '@volley/shared/api.ts'
import { Plus, Ticket, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { listFlows, sentenceOf } from '../api/client.ts'
import { listTokens, revokeToken } from '../api/tokens.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { Button } from '../ui/Button.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Notice } from '../ui/Notice.tsx'
import { toast } from '../ui/toast.tsx'
import { Code, LIST, Part, ROW } from './Part.tsx'
import { TokenDialog } from './TokenDialog.tsx'
import { dayOf, momentOf } from './words.ts'

type Open = { is: 'nothing' } | { is: 'form' } | { is: 'revoking'; token: ApiTokenEntry }

/** The tokens of other programs: each runs one flow. They are made and revoked here, and none can be read. */
export function Tokens() {
  const { loaded, reload } = useAnswer('tokens', listTokens)
  const flows = useAnswer('flows', listFlows).loaded
  const [open, setOpen] = useState<Open>({ is: 'nothing' })
  const close = () => setOpen({ is: 'nothing' })
  const saved = flows.is === 'there' ? flows.value.items.map(({ id, flow }) => ({ id, name: flow.name })) : []
  const tokens = loaded.is === 'there' ? loaded.value.items : []
  const nameOf = (flowId: string) => saved.find(({ id }) => id === flowId)?.name ?? flowId
  const make = (
    <Button icon={<Plus size={14} aria-hidden />} disabled={saved.length === 0} onClick={() => setOpen({ is: 'form' })}>
      Make token
    </Button>
  )
  return (
    <Part
      id="tokens"
      title="API tokens"
      note={
        <>
          For other programs. A token runs one flow, by <Code>POST /api/flows/ID/runs</Code> or as a tool at{' '}
          <Code>/mcp</Code>, and can do nothing else.
        </>
      }
      action={tokens.length > 0 && make}
    >
      {loaded.is === 'fault' && (
        <Notice tone="failed">
          {sentenceOf(loaded.fault)}{' '}
          <Button size="sm" onClick={reload}>
            Ask again
          </Button>
        </Notice>
      )}
      {loaded.is === 'there' && tokens.length === 0 && (
        <div className="rounded-xl border border-dashed border-line-strong">
          <EmptyState icon={<Ticket size={20} />} title="No API tokens yet" action={make}>
            {saved.length === 0
              ? 'Save a flow first: a token is for one flow.'
              : 'Make one for each program that runs a flow, so that each can be shut out alone.'}
          </EmptyState>
        </div>
      )}
      {tokens.length > 0 && (
        <ul aria-label="API tokens" className={LIST}>
          {tokens.map((token) => (
            <li key={token.id} data-token={token.name} className={ROW}>
              <Ticket size={15} aria-hidden className="mt-1 shrink-0 text-text-3" />
              <div className="min-w-0 flex-1">
                <p className="m-0 flex flex-wrap items-center gap-2">
                  <span className="text-sm font-medium break-all">{token.name}</span>
                  <span className="text-xs text-text-3">made {dayOf(token.createdAt)}</span>
                </p>
                <p className="m-0 mt-0.5 text-xs text-text-2">
                  Runs “{nameOf(token.flowId)}”.{' '}
                  {token.usedAt === null ? 'Never used.' : `Last used ${momentOf(token.usedAt)}.`}
                </p>
              </div>
              <IconButton
                label={`Revoke ${token.name}`}
                icon={<Trash2 size={14} />}
                onClick={() => setOpen({ is: 'revoking', token })}
              />
            </li>
          ))}
        </ul>
      )}
      <TokenDialog open={open.is === 'form'} flows={saved} onClose={close} onMade={reload} />
      <ConfirmDialog
        open={open.is === 'revoking'}
        title={open.is === 'revoking' ? `Revoke ${open.token.name}?` : 'Revoke?'}
        verb="Revoke token"
        onCancel={close}
        onConfirm={() => {
          if (open.is !== 'revoking') return
          close()
          void revokeToken(open.token.id).then((answer) => {
            if (!answer.ok) toast.problem('The token was not revoked.', sentenceOf(answer.error))
            reload()
          })
        }}
      >
        The program that uses it is refused from then on. Runs that it started go on.
      </ConfirmDialog>
    </Part>
  )
}

import { KeyRound, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { sentenceOf } from '../api/client.ts'
import { deleteSecret, listSecrets, type SecretEntry } from '../api/secrets.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { Button } from '../ui/Button.tsx'
import { Chip } from '../ui/Chip.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Notice } from '../ui/Notice.tsx'
import { toast } from '../ui/toast.tsx'
import { Code, LIST, Part, ROW } from './Part.tsx'
import { SecretDialog } from './SecretDialog.tsx'
import { dayOf } from './words.ts'

type Open = { is: 'nothing' } | { is: 'form'; secret: SecretEntry | null } | { is: 'deleting'; secret: SecretEntry }

/** The secrets by their names: each can be added, replaced and deleted, and none can be read. */
export function Secrets() {
  const { loaded, reload } = useAnswer('secrets', listSecrets)
  const [open, setOpen] = useState<Open>({ is: 'nothing' })
  const close = () => setOpen({ is: 'nothing' })
  const secrets = loaded.is === 'there' ? loaded.value.items : []
  const add = (
    <Button icon={<Plus size={14} aria-hidden />} onClick={() => setOpen({ is: 'form', secret: null })}>
      Add secret
    </Button>
  )
  return (
    <Part
      id="secrets"
      title="Secrets"
      note={
        <>
          Encrypted, and write-only: a value goes in and never comes out. A tool or a connection names it as{' '}
          <Code>{'{{secret.NAME}}'}</Code>; wherever it would show, <Code>***</Code> stands.
        </>
      }
      action={secrets.length > 0 && add}
    >
      {loaded.is === 'fault' && (
        <Notice tone="failed">
          {sentenceOf(loaded.fault)} <Again onClick={reload} />
        </Notice>
      )}
      {loaded.is === 'there' && secrets.length === 0 && (
        <div className="rounded-xl border border-dashed border-line-strong">
          <EmptyState icon={<KeyRound size={20} />} title="No secrets yet" action={add}>
            Store an API key here once, then write it where a tool needs it, for example in a header:{' '}
            <code className="mt-1.5 block font-mono text-2xs text-text-1">
              {'Authorization: Bearer {{secret.WEATHER_KEY}}'}
            </code>
          </EmptyState>
        </div>
      )}
      {secrets.length > 0 && (
        <ul aria-label="Stored secrets" className={LIST}>
          {secrets.map((secret) => (
            <li key={secret.name} data-secret={secret.name} className={ROW}>
              <KeyRound size={15} aria-hidden className="mt-1 shrink-0 text-text-3" />
              <div className="min-w-0 flex-1">
                <p className="m-0 flex flex-wrap items-center gap-2">
                  <span className="font-mono text-sm font-medium break-all">{secret.name}</span>
                  <span className="text-xs text-text-3">stored {dayOf(secret.updatedAt)}</span>
                </p>
                <Whereto secret={secret} />
              </div>
              <IconButton
                label={`Replace ${secret.name}`}
                icon={<Pencil size={14} />}
                onClick={() => setOpen({ is: 'form', secret })}
              />
              <IconButton
                label={`Delete ${secret.name}`}
                icon={<Trash2 size={14} />}
                onClick={() => setOpen({ is: 'deleting', secret })}
              />
            </li>
          ))}
        </ul>
      )}
      <SecretDialog
        open={open.is === 'form'}
        secret={open.is === 'form' ? open.secret : null}
        taken={secrets.map(({ name }) => name)}
        onClose={close}
        onStored={reload}
      />
      <ConfirmDialog
        open={open.is === 'deleting'}
        title={open.is === 'deleting' ? `Delete ${open.secret.name}?` : 'Delete?'}
        verb="Delete secret"
        onCancel={close}
        onConfirm={() => {
          if (open.is !== 'deleting') return
          close()
          void deleteSecret(open.secret.name).then((answer) => {
            if (!answer.ok) toast.problem('The secret was not deleted.', sentenceOf(answer.error))
            reload()
          })
        }}
      >
        Tools and connections that name it fail from then on, and say so. The value cannot be brought back.
      </ConfirmDialog>
    </Part>
  )
}

function Whereto({ secret }: { secret: SecretEntry }) {
  if (!secret.readable)
    return (
      <p className="m-0 mt-0.5 text-xs text-failed-text">
        Stored with another key than the server has now: replace it, and it works again.
      </p>
    )
  if (secret.origins === null)
    return <p className="m-0 mt-0.5 text-xs text-text-2">May go to any address that a tool names with it.</p>
  return (
    <p className="m-0 mt-1 flex flex-wrap items-center gap-1.5 text-xs text-text-2">
      Goes only to
      {secret.origins.map((origin) => (
        <Chip key={origin} mono>
          {origin}
        </Chip>
      ))}
    </p>
  )
}

const Again = ({ onClick }: { onClick: () => void }) => (
  <button type="button" className="underline" onClick={onClick}>
    Ask again
  </button>
)

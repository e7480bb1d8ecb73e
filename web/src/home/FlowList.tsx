import type { SavedFlow } from '@volley/shared/api.ts'
import { Trash2, Workflow } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { deleteFlow, sentenceOf } from '../api/client.ts'
import { paths } from '../routes.ts'
import { ago, counted } from '../trace/format.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { toast } from '../ui/toast.tsx'

/** The saved flows, one line each. Deleting one asks first. */
export function FlowList({ flows, onChanged }: { flows: readonly SavedFlow[]; onChanged(): void }) {
  const [leaving, setLeaving] = useState<SavedFlow | null>(null)
  const [busy, setBusy] = useState(false)
  const now = Date.now()
  const remove = async (flow: SavedFlow) => {
    setBusy(true)
    const answer = await deleteFlow(flow.id)
    setBusy(false)
    // 404: someone else deleted it in the meantime, which is what was wanted.
    if (!answer.ok && answer.error.status !== 404) return toast.problem(sentenceOf(answer.error))
    setLeaving(null)
    toast.done(`“${flow.flow.name}” is deleted.`)
    onChanged()
  }
  return (
    <section aria-label="Saved flows">
      <ul className="m-0 list-none overflow-hidden rounded-[11px] border border-line bg-surface-1 p-0">
        {flows.map((saved) => (
          <li
            key={saved.id}
            className="group relative flex h-[52px] items-center gap-3 border-line pr-3 pl-4 not-last:border-b hover:bg-surface-2"
          >
            <Workflow size={15} aria-hidden className="shrink-0 text-text-3" />
            <Link
              href={paths.flow(saved.id)}
              className="min-w-0 flex-1 truncate rounded-sm text-sm font-medium text-text-1 no-underline after:absolute after:inset-0"
            >
              {saved.flow.name}
            </Link>
            <span className="w-24 shrink-0 text-right text-xs text-text-2">
              {counted(saved.flow.tools?.length ?? 0, 'tool')}
            </span>
            <span className="w-14 shrink-0 text-right font-mono text-xs text-text-2">v{saved.version}</span>
            <span className="w-28 shrink-0 text-right text-xs text-text-3">{ago(saved.updatedAt, now)}</span>
            <IconButton
              label={`Delete ${saved.flow.name}`}
              icon={<Trash2 size={14} />}
              className="z-10"
              onClick={() => setLeaving(saved)}
            />
          </li>
        ))}
      </ul>
      <Dialog
        open={leaving !== null}
        onOpenChange={(open) => !open && setLeaving(null)}
        title={`Delete “${leaving?.flow.name ?? ''}”?`}
        footer={
          <>
            <Button onClick={() => setLeaving(null)}>Keep it</Button>
            <Button variant="danger" disabled={busy} onClick={() => leaving && void remove(leaving)}>
              Delete
            </Button>
          </>
        }
      >
        <p className="m-0 text-sm text-text-2">
          The flow goes with all its versions. This cannot be undone; open and export it first if you may want it back.
        </p>
      </Dialog>
    </section>
  )
}

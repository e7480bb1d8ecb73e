import type { Retention, RetentionPreview } from '@volley/shared/run/retention.ts'
import { useEffect, useState } from 'react'
import { sentenceOf } from '../api/client.ts'
import { getRetention, previewRetention, putRetention } from '../api/runStats.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { counted } from '../trace/format.ts'
import { Button } from '../ui/Button.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { Field } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { NumberInput } from '../ui/NumberInput.tsx'
import { toast } from '../ui/toast.tsx'
import { Part } from './Part.tsx'

const LOOK_AGAIN_MS = 3000

/** How long runs are kept: for ever, unless someone says otherwise and has seen what that deletes. */
export function KeepingRuns() {
  const { loaded, reload } = useAnswer('retention', getRetention)
  return (
    <Part
      id="runs"
      title="Keeping runs"
      note="Finished runs can be deleted by themselves, at the start of the server and every hour. Runs that have not ended are never deleted; deleted ones cannot be brought back, so export what you want to keep."
    >
      {loaded.is === 'fault' && <Notice tone="failed">{sentenceOf(loaded.fault)}</Notice>}
      {loaded.is === 'there' && <RetentionForm kept={loaded.value} onSaved={reload} />}
    </Part>
  )
}

function RetentionForm({ kept, onSaved }: { kept: Retention; onSaved: () => void }) {
  const [wanted, setWanted] = useState(kept)
  const [preview, setPreview] = useState<RetentionPreview | null>(null)
  const [isAsking, setAsking] = useState(false)
  const isChanged = wanted.days !== kept.days || wanted.runs !== kept.runs
  useEffect(() => {
    const controller = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async () => {
      const answer = await previewRetention(wanted, controller.signal)
      if (controller.signal.aborted || !answer.ok) return
      setPreview(answer.value)
      // What was saved is being deleted: look how far that is.
      if (!isChanged && answer.value.deletes > 0) timer = setTimeout(() => void ask(), LOOK_AGAIN_MS)
    }
    void ask()
    return () => {
      controller.abort()
      clearTimeout(timer)
    }
  }, [wanted, isChanged])
  const want = (retention: Retention) => {
    // The old count does not stand beside a new wish.
    setPreview(null)
    setWanted(retention)
  }
  const save = async () => {
    setAsking(false)
    const answer = await putRetention(wanted)
    if (!answer.ok) toast.problem('How long runs are kept was not changed.', sentenceOf(answer.error))
    onSaved()
  }
  return (
    <div className="flex flex-col gap-3 rounded-xl border border-line bg-surface-1 px-4 py-3">
      <div className="flex flex-wrap gap-x-8 gap-y-3">
        <Field label="Days" inline>
          <NumberInput
            value={wanted.days ?? undefined}
            usual="for ever"
            min={1}
            max={36_500}
            onValue={(days) => want({ ...wanted, days: days ?? null })}
          />
        </Field>
        <Field label="Runs at most" inline>
          <NumberInput
            value={wanted.runs ?? undefined}
            usual="all"
            min={1}
            max={10_000_000}
            onValue={(runs) => want({ ...wanted, runs: runs ?? null })}
          />
        </Field>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <p role="status" className="m-0 flex-1 text-xs text-text-2">
          {sentenceFor(wanted, preview, isChanged)}
        </p>
        <Button
          variant="primary"
          disabled={!isChanged || preview === null}
          onClick={() => (preview && preview.deletes > 0 ? setAsking(true) : void save())}
        >
          Save
        </Button>
      </div>
      <ConfirmDialog
        open={isAsking}
        title={`Delete ${counted(preview?.deletes ?? 0, 'run')}?`}
        verb="Save and delete"
        onCancel={() => setAsking(false)}
        onConfirm={() => void save()}
      >
        {preview?.deletes} of {counted(preview?.finished ?? 0, 'finished run')} are deleted at once, and from then on
        those that grow too old or too many. They cannot be brought back.
      </ConfirmDialog>
    </div>
  )
}

function sentenceFor({ days, runs }: Retention, preview: RetentionPreview | null, isChanged: boolean): string {
  if (!preview) return 'Counting …'
  if (days === null && runs === null)
    return `Runs are kept for ever. There ${preview.finished === 1 ? 'is' : 'are'} ${counted(preview.finished, 'finished run')}.`
  const of = `${preview.deletes} of ${counted(preview.finished, 'finished run')}`
  if (isChanged) return `Saving this would delete ${of} now.`
  return preview.deletes === 0
    ? `Nothing is to be deleted now. There ${preview.finished === 1 ? 'is' : 'are'} ${counted(preview.finished, 'finished run')}.`
    : `${of} will be deleted within the hour.`
}

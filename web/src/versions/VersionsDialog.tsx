import { versionFigures } from '@volley/shared/evals/versionFigures.ts'
import { flowSchema } from '@volley/shared/flow/flow.ts'
import { sittingsOf } from '@volley/shared/flow/sittings.ts'
import { useState } from 'react'
import { authorName, setAuthorName } from '../api/author.ts'
import { getVersion, listVersions, sentenceOf } from '../api/client.ts'
import { listEvals } from '../api/evals.ts'
import { getRunStats } from '../api/runStats.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { useDialogs } from '../state/dialogs.ts'
import { useFlowStore } from '../state/flowStore.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { Select } from '../ui/Select.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { toast } from '../ui/toast.tsx'
import { VersionDifference } from './VersionDifference.tsx'
import { VersionMarks } from './VersionMarks.tsx'
import { VersionRow } from './VersionRow.tsx'

/** The saved versions of this flow, newest first: any two can be compared, any of them named, or brought back as a change. */
export function VersionsDialog() {
  const { open, show } = useDialogs()
  const flowId = useFlowStore((store) => store.flowId)
  return (
    <Dialog
      wide
      open={open === 'versions'}
      onOpenChange={(isOpen) => show(isOpen ? 'versions' : null)}
      title="Versions"
      description="Every save is kept. Restoring one is a change like any other: undo takes it back."
    >
      {flowId === null ? (
        <p className="m-0 text-xs text-text-2">This flow was not saved yet. Its first change makes version 1.</p>
      ) : (
        <Versions flowId={flowId} onDone={() => show(null)} />
      )}
    </Dialog>
  )
}

function Versions({ flowId, onDone }: { flowId: string; onDone: () => void }) {
  const current = useFlowStore((store) => store.version)
  const { loaded, reload } = useAnswer(flowId, (signal) => listVersions(flowId, signal))
  const stats = useAnswer(`stats ${flowId}`, (signal) => getRunStats({ flowId }, signal)).loaded
  const evals = useAnswer(`evals ${flowId}`, (signal) => listEvals({ flowId }, signal)).loaded
  const measured = evals.is === 'there' ? versionFigures(evals.value.items) : []
  const [compared, setCompared] = useState<{ from: number; to: number } | null>(null)
  const [unfolded, setUnfolded] = useState<readonly number[]>([])
  const [marked, setMarked] = useState<number | null>(null)
  if (loaded.is === 'fault') return <p className="m-0 text-xs text-failed-text">{sentenceOf(loaded.fault)}</p>
  if (loaded.is === 'loading') return <p className="m-0 text-xs text-text-2">Reading the versions …</p>
  const versions = loaded.value.items
  const newest = versions[0]?.version ?? 1
  const rowOf = (version: (typeof versions)[number]) => (
    <li key={version.version} data-version={version.version}>
      <VersionRow
        version={version}
        stats={stats.is === 'there' ? stats.value.versions.find((one) => one.version === version.version) : undefined}
        measured={measured.find((one) => one.version === version.version)}
        isCurrent={version.version === current}
        isOpen={marked === version.version}
        onMarks={() => setMarked(marked === version.version ? null : version.version)}
        onCompare={() => setCompared({ from: version.version, to: newest })}
        onRestore={() => void restore(flowId, version.version, onDone)}
      />
      {marked === version.version && <VersionMarks flowId={flowId} version={version} onChanged={reload} />}
    </li>
  )
  if (compared) {
    const options = versions.map(({ version }) => ({ value: String(version), label: `v${version}` }))
    return (
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-end gap-3">
          <Field label="From version">
            <Select
              data-autofocus
              value={String(compared.from)}
              options={options}
              onValue={(value) => setCompared({ ...compared, from: Number(value) })}
            />
          </Field>
          <Field label="To version">
            <Select
              value={String(compared.to)}
              options={options}
              onValue={(value) => setCompared({ ...compared, to: Number(value) })}
            />
          </Field>
          <Button className="ml-auto" onClick={() => setCompared(null)}>
            All versions
          </Button>
        </div>
        <VersionDifference flowId={flowId} {...compared} />
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-3">
      <ol className="m-0 flex list-none flex-col gap-0.5 p-0">
        {/* One flat list: a version that gets a label leaves its sitting, and what is typed into its row must stay. */}
        {sittingsOf(versions).flatMap(({ newest: last, earlier }) => {
          if (earlier.length === 0) return [rowOf(last)]
          if (unfolded.includes(last.version) || earlier.some(({ version }) => version === current))
            return [last, ...earlier].map(rowOf)
          return [
            rowOf(last),
            <li key={`before ${last.version}`} className="pl-12">
              <Button size="sm" variant="ghost" onClick={() => setUnfolded([...unfolded, last.version])}>
                {earlier.length} more of this sitting
              </Button>
            </li>,
          ]
        })}
      </ol>
      <AuthorName />
    </div>
  )
}

function AuthorName() {
  const [name, setName] = useState(authorName)
  return (
    <Field label="Your name" hint="stands with the versions you save; kept in this browser">
      <TextInput
        className="max-w-64"
        maxLength={100}
        value={name}
        onChange={({ target }) => {
          setName(target.value)
          setAuthorName(target.value)
        }}
      />
    </Field>
  )
}

async function restore(flowId: string, version: number, onDone: () => void): Promise<void> {
  const answer = await getVersion(flowId, version)
  const flow = answer.ok ? flowSchema.safeParse(answer.value.flow) : null
  if (!flow?.success)
    return void toast.problem(`Version ${version} could not be read.`, answer.ok ? undefined : sentenceOf(answer.error))
  const { asRan, change } = useFlowStore.getState()
  if (asRan !== null)
    return void toast.problem(
      'An older version is shown.',
      'Open the newest one first; then any version can be restored.',
    )
  change(`Restore version ${version}`, () => flow.data)
  toast.done(`Version ${version} is restored.`, 'Undo takes it back.')
  onDone()
}

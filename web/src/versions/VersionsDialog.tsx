import type { FlowVersion } from '@volley/shared/api.ts'
import { flowSchema } from '@volley/shared/flow/flow.ts'
import { useEffect, useState } from 'react'
import { getVersion, listVersions, sentenceOf } from '../api/client.ts'
import { useDialogs } from '../state/dialogs.ts'
import { useFlowStore } from '../state/flowStore.ts'
import { Button } from '../ui/Button.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { toast } from '../ui/toast.tsx'

/** The saved versions of this flow, newest first; any of them can be brought back as a change. */
export function VersionsDialog() {
  const { open, show } = useDialogs()
  return (
    <Dialog
      open={open === 'versions'}
      onOpenChange={(isOpen) => show(isOpen ? 'versions' : null)}
      title="Versions"
      description="Every save is kept. Restoring one is a change like any other: undo takes it back."
    >
      <Versions onDone={() => show(null)} />
    </Dialog>
  )
}

function Versions({ onDone }: { onDone: () => void }) {
  const flowId = useFlowStore((store) => store.flowId)
  const current = useFlowStore((store) => store.version)
  const [versions, setVersions] = useState<FlowVersion[] | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  useEffect(() => {
    if (flowId === null) return
    const stop = new AbortController()
    void listVersions(flowId, stop.signal).then((answer) => {
      if (stop.signal.aborted) return
      if (answer.ok) setVersions(answer.value.items)
      else setFault(sentenceOf(answer.error))
    })
    return () => stop.abort()
  }, [flowId])

  const restore = async (version: number) => {
    if (flowId === null) return
    const answer = await getVersion(flowId, version)
    const flow = answer.ok ? flowSchema.safeParse(answer.value.flow) : null
    if (!flow?.success) {
      toast.problem(`Version ${version} could not be read.`, answer.ok ? undefined : sentenceOf(answer.error))
      return
    }
    const { asRan, change } = useFlowStore.getState()
    if (asRan !== null) {
      toast.problem('An older version is shown.', 'Open the newest one first; then any version can be restored.')
      return
    }
    change(`Restore version ${version}`, () => flow.data)
    toast.done(`Version ${version} is restored.`, 'Undo takes it back.')
    onDone()
  }

  if (flowId === null)
    return <p className="m-0 text-xs text-text-2">This flow was not saved yet. Its first change makes version 1.</p>
  if (fault) return <p className="m-0 text-xs text-failed-text">{fault}</p>
  if (!versions) return <p className="m-0 text-xs text-text-2">Reading the versions …</p>
  return (
    <ol className="m-0 flex list-none flex-col gap-0.5 p-0">
      {versions.map(({ version, createdAt, labels }) => (
        <li
          key={version}
          data-version={version}
          className="flex h-9 items-center gap-3 rounded-md px-2 text-sm hover:bg-surface-2"
        >
          <span className="w-10 font-mono font-semibold">v{version}</span>
          <time dateTime={createdAt} className="text-xs text-text-2">
            {new Date(createdAt).toLocaleString()}
          </time>
          {labels.map((label) => (
            <Chip key={label}>{label}</Chip>
          ))}
          <span className="ml-auto">
            {version === current ? (
              <span className="px-2 text-xs text-text-3">current</span>
            ) : (
              <Button
                size="sm"
                variant="ghost"
                aria-label={`Restore version ${version}`}
                onClick={() => void restore(version)}
              >
                Restore
              </Button>
            )}
          </span>
        </li>
      ))}
    </ol>
  )
}

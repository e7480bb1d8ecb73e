import { differenceOf } from '@volley/shared/flow/difference.ts'
import { differenceWords } from '@volley/shared/flow/differenceWords.ts'
import type { Flow } from '@volley/shared/flow/flow.ts'
import { mergeFlows } from '@volley/shared/flow/merge/mergeFlows.ts'
import { ok } from '@volley/shared/lib/result.ts'
import { useMemo, useState } from 'react'
import { takeMerged, takenWords } from '../actions/merging.ts'
import { validateFlow } from '../api/client.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { useDialogs } from '../state/dialogs.ts'
import { useFlow } from '../state/flowStore.ts'
import { type OtherSide, useMerge } from '../state/mergeStore.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Notice } from '../ui/Notice.tsx'
import { ConflictChoice } from './ConflictChoice.tsx'

/** What both sides changed, each otherwise: a choice for each, and everything else is merged. */
export function MergeDialog() {
  const { other, ask } = useMerge()
  const show = useDialogs((store) => store.show)
  if (!other) return null
  const close = () => {
    show(null)
    ask(null)
  }
  return <MergeQuestions other={other} onClose={close} />
}

function MergeQuestions({ other, onClose }: { other: OtherSide; onClose: () => void }) {
  const mine = useFlow((flow) => flow)
  const [forTheirs, setForTheirs] = useState<ReadonlySet<string>>(new Set())
  const { flow, conflicts } = useMemo(
    () => mergeFlows(other.base, mine, other.theirs, forTheirs),
    [other, mine, forTheirs],
  )
  const unasked = useMemo(
    () => differenceWords(differenceOf(mine, mergeFlows(other.base, mine, other.theirs).flow)),
    [other, mine],
  )
  const choose = (pointer: string, side: 'mine' | 'theirs') => {
    const others = [...forTheirs].filter((one) => one !== pointer)
    setForTheirs(new Set(side === 'theirs' ? [...others, pointer] : others))
  }
  return (
    <Dialog
      open
      wide="very"
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Merge with version ${other.version}`}
      description="Both sides changed these, each in its own way. Choose what stays: undo takes the merge back, and theirs stays among the versions."
      footer={
        <>
          <Button onClick={() => setForTheirs(new Set())}>All mine</Button>
          <Button onClick={() => setForTheirs(new Set(conflicts.map(({ pointer }) => pointer)))}>All theirs</Button>
          <span className="flex-1" />
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            onClick={() => {
              onClose()
              void takeMerged(other, flow)
            }}
          >
            Merge
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {conflicts.map((conflict, at) => (
          <ConflictChoice
            key={conflict.pointer}
            conflict={conflict}
            isFirst={at === 0}
            side={forTheirs.has(conflict.pointer) ? 'theirs' : 'mine'}
            onSide={(side) => choose(conflict.pointer, side)}
          />
        ))}
        <MergedProblems flow={flow} decided={[...forTheirs].sort().join(' ')} />
        <p className="m-0 text-xs text-text-2">
          Everything else fits together. {unasked.length > 0 && takenWords(unasked)}
        </p>
      </div>
    </Dialog>
  )
}

/** What the check of the document finds in it as it is decided now. */
function MergedProblems({ flow, decided }: { flow: Flow; decided: string }) {
  const { loaded } = useAnswer(decided, async (signal) => {
    const answer = await validateFlow(flow, signal)
    return answer.ok ? ok(answer.value.problems) : answer
  })
  if (loaded.is !== 'there' || loaded.value.length === 0) return null
  return (
    <Notice tone="failed">
      Decided like this, the flow cannot be saved until it is mended:
      <ul className="mt-1 mb-0 pl-4">
        {loaded.value.map(({ pointer, message }) => (
          <li key={`${pointer} ${message}`}>{message}</li>
        ))}
      </ul>
    </Notice>
  )
}

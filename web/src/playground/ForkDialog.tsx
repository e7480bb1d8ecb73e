import type { CallState, RunState } from '@volley/shared/run/state.ts'
import { useState } from 'react'
import { forkRun, sentenceOf } from '../api/client.ts'
import { counted } from '../trace/format.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { Select } from '../ui/Select.tsx'
import { StatusDot } from '../ui/StatusDot.tsx'
import { TextArea } from '../ui/TextInput.tsx'
import { editedResults, forkableTurns, resultText } from './fork.ts'

/** Another way on from the middle of a run: its first turns stay as they were, but for results that are edited here. */
export function ForkDialog({
  run,
  onClose,
  onForked,
}: {
  run: RunState
  onClose(): void
  onForked(runId: string): void
}) {
  const turns = forkableTurns(run)
  const [kept, setKept] = useState(turns.at(-1) ?? 1)
  const [edits, setEdits] = useState<Readonly<Record<number, string>>>({})
  const [fault, setFault] = useState<string | null>(null)
  const [starting, setStarting] = useState(false)
  const calls = run.calls.filter((call) => call.turn <= kept)
  const edited = editedResults(calls, edits)
  const start = async () => {
    if (!edited.ok) return setFault(edited.error)
    setStarting(true)
    const started = await forkRun(run.id, { turns: kept, results: edited.value })
    setStarting(false)
    if (!started.ok) return setFault(sentenceOf(started.error))
    onClose()
    onForked(started.value.runId)
  }
  return (
    <Dialog
      open
      wide
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Fork after a turn"
      description="The turns that are kept are as they were: their model and their tools are not asked again. What follows is live."
      footer={
        <>
          <p role="alert" className="m-0 min-w-0 flex-1 text-xs text-failed-text">
            {fault}
          </p>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={starting || turns.length === 0} onClick={() => void start()}>
            Fork
          </Button>
        </>
      }
    >
      {turns.length === 0 ? (
        <p className="m-0 text-sm text-text-2">
          No turn of this run has ended with calls, so there is nothing to keep.
        </p>
      ) : (
        <div className="flex flex-col gap-4">
          <Field label="Keep">
            <Select
              data-autofocus
              value={String(kept)}
              options={turns.map((turn) => ({
                value: String(turn),
                label: `${turn === 1 ? 'turn 1' : `turns 1 to ${turn}`}: ${counted(run.calls.filter((call) => call.turn <= turn).length, 'call')}`,
              }))}
              onValue={(turn) => setKept(Number(turn))}
            />
          </Field>
          <div className="flex flex-col gap-3">
            {calls.map((call) => (
              <Result
                key={call.call}
                call={call}
                text={edits[call.call] ?? resultText(call)}
                onText={(text) => {
                  setFault(null)
                  setEdits({ ...edits, [call.call]: text })
                }}
              />
            ))}
          </div>
        </div>
      )}
    </Dialog>
  )
}

function Result({ call, text, onText }: { call: CallState; text: string; onText(text: string): void }) {
  const isEdited = text !== resultText(call)
  return (
    <Field
      label={
        <span className="inline-flex items-center gap-2">
          <StatusDot status={call.status} />
          <span className="font-mono">
            #{call.call} {call.tool}
          </span>
          {isEdited && <span className="text-accent-text">edited</span>}
        </span>
      }
      hint={call.error ? `It failed: ${call.error.message} Write a result to let it succeed.` : undefined}
    >
      <TextArea
        mono
        rows={Math.min(8, text.split('\n').length)}
        value={text}
        onChange={({ target }) => onText(target.value)}
      />
    </Field>
  )
}

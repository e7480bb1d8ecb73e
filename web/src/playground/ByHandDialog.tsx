import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { create } from 'zustand'
import { useDialogs } from '../state/dialogs.ts'
import { useFlow, useFlowStore } from '../state/flowStore.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Select } from '../ui/Select.tsx'
import { TextArea } from '../ui/TextInput.tsx'
import { argumentsFor, batchOf, type HandCall } from './byHand.ts'
import { runByHand } from './runs.ts'

/** What was written for the flow that is open, so that it can be changed a little and run again. */
const useHand = create<{ opened: number | null; calls: readonly HandCall[] }>(() => ({ opened: null, calls: [] }))

/** One volley written by hand and run without a model: the tools' own behaviour, in the order that the graph gives. */
export function ByHandDialog() {
  const show = useDialogs((store) => store.show)
  const tools = useFlow((flow) => flow.tools)
  const opened = useFlowStore((store) => store.opened)
  const hand = useHand()
  const calls = hand.opened === opened ? hand.calls : []
  const [fault, setFault] = useState<{ call: number; message: string } | null>(null)
  const write = (next: readonly HandCall[]) => {
    setFault(null)
    useHand.setState({ opened, calls: next })
  }
  const change = (id: number, part: Partial<HandCall>) =>
    write(calls.map((call) => (call.id === id ? { ...call, ...part } : call)))
  const add = () => {
    const tool = tools.find(({ name }) => name === calls.at(-1)?.tool) ?? tools[0]
    if (tool) write([...calls, { id: (calls.at(-1)?.id ?? 0) + 1, tool: tool.name, arguments: argumentsFor(tool) }])
  }
  const run = () => {
    const batch = batchOf(calls)
    if (!batch.ok) return setFault(batch.error)
    show(null)
    void runByHand(batch.value)
  }
  return (
    <Dialog
      open
      wide
      onOpenChange={(isOpen) => !isOpen && show(null)}
      title="Calls by hand"
      description="One volley without a model: the calls are run as if it had asked for them. Tools are really called, unless they are mocks."
      footer={
        <>
          <p role="alert" className="m-0 min-w-0 flex-1 text-xs text-failed-text">
            {fault?.message}
          </p>
          <Button variant="primary" disabled={calls.length === 0} onClick={run}>
            Run these calls
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {calls.map((call, at) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend that is seen twice.
          <div role="group" key={call.id} aria-label={`Call ${at + 1}`} className="flex items-start gap-2">
            <span className="w-7 pt-1.5 text-right font-mono text-xs text-text-3">#{at + 1}</span>
            <Select
              aria-label={`Tool of call ${at + 1}`}
              className="max-w-52"
              value={call.tool}
              options={tools.map(({ name }) => name)}
              onValue={(name) => {
                const tool = tools.find((one) => one.name === name)
                if (tool) change(call.id, { tool: name, arguments: argumentsFor(tool) })
              }}
            />
            <TextArea
              mono
              aria-label={`Arguments of call ${at + 1}`}
              aria-invalid={fault?.call === at + 1 || undefined}
              rows={1}
              className="min-h-[30px] flex-1"
              value={call.arguments}
              onChange={({ target }) => change(call.id, { arguments: target.value })}
            />
            <IconButton
              size="sm"
              label={`Remove call ${at + 1}`}
              icon={<X size={13} />}
              className="mt-0.5"
              onClick={() => write(calls.filter(({ id }) => id !== call.id))}
            />
          </div>
        ))}
        {calls.length === 0 && (
          <p className="m-0 text-sm text-text-2">
            {tools.length === 0
              ? 'This flow has no tool to call yet.'
              : 'No call yet. A later call can take a value of an earlier one: {"from_call": 1, "path": "lat"}.'}
          </p>
        )}
        <Button
          data-autofocus
          size="sm"
          className="self-start"
          icon={<Plus size={13} aria-hidden />}
          disabled={tools.length === 0}
          onClick={add}
        >
          Add a call
        </Button>
      </div>
    </Dialog>
  )
}

import { connect, disconnect } from '@volley/shared/flow/editEdges.ts'
import { useState } from 'react'
import { currentFlow, useFlow, useFlowStore } from '../state/flowStore.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Checkbox } from '../ui/Switch.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { focusRow, useOutline } from './outlineStore.ts'

/** Which tools one tool waits for, chosen from all the others; those it cannot wait for say why. */
export function RunsAfterDialog() {
  const tool = useOutline((store) => store.connecting)
  const chooseDependencies = useOutline((store) => store.chooseDependencies)
  const close = () => {
    chooseDependencies(null)
    if (tool !== null) focusRow(tool)
  }
  return (
    <Dialog
      open={tool !== null}
      onOpenChange={(isOpen) => !isOpen && close()}
      title={`What ${tool ?? ''} waits for`}
      description="Its calls start when those of the chosen tools have ended. The edge's properties say what flows along it."
      footer={<Button onClick={close}>Done</Button>}
    >
      {tool !== null && <Choices tool={tool} />}
    </Dialog>
  )
}

function Choices({ tool }: { tool: string }) {
  const flow = useFlow((document) => document)
  const [words, setWords] = useState('')
  const others = flow.tools.map(({ name }) => name).filter((name) => name !== tool)
  const found = others.filter((name) => name.toLowerCase().includes(words.trim().toLowerCase()))
  return (
    <div className="flex flex-col gap-2">
      <TextInput
        data-autofocus
        aria-label="Find a tool"
        placeholder="Find a tool"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend that is seen twice. */}
      <div role="group" aria-label={`Tools that ${tool} waits for`} className="flex flex-col">
        {found.map((name) => (
          <Choice key={name} from={name} to={tool} />
        ))}
      </div>
      {found.length === 0 && <p className="m-0 text-xs text-text-2">There is no other tool of that name.</p>}
    </div>
  )
}

function Choice({ from, to }: { from: string; to: string }) {
  const flow = useFlow((document) => document)
  const own = flow.edges.filter((edge) => edge.from === from && edge.to === to)
  const connected = own.length > 0 ? null : connect(flow, from, to)
  const reason = connected && !connected.ok ? connected.error : null
  const id = `waits-${from}`
  const toggle = () => {
    const { change } = useFlowStore.getState()
    if (own.length > 0)
      return change(`Disconnect ${from} from ${to}`, (before) =>
        own.reduce((left, edge) => disconnect(left, edge), before),
      )
    const next = connect(currentFlow(), from, to)
    if (next.ok) change(`Connect ${from} to ${to}`, () => next.value)
  }
  return (
    <label htmlFor={id} className="flex min-h-8 items-start gap-2.5 rounded-md px-1.5 py-1.5 hover:bg-surface-2">
      <Checkbox
        id={id}
        checked={own.length > 0}
        aria-disabled={reason !== null}
        aria-describedby={reason ? `${id}-reason` : undefined}
        className={reason ? 'opacity-45' : ''}
        onCheckedChange={toggle}
      />
      <span className="min-w-0">
        <span className="block truncate font-mono text-xs">{from}</span>
        {reason && (
          <span id={`${id}-reason`} className="block text-xs text-text-2">
            {reason}
          </span>
        )}
      </span>
    </label>
  )
}

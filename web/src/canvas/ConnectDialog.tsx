import { type Direction, endsOf } from '@volley/shared/flow/connectable.ts'
import type { Edge } from '@volley/shared/flow/flow.ts'
import { Check } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { connectionWords, connectTools } from '../actions/connectTools.ts'
import { useConnecting } from '../state/connecting.ts'
import { useDialogs } from '../state/dialogs.ts'
import { useFlow } from '../state/flowStore.ts'
import { canvasView } from '../state/view.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Select } from '../ui/Select.tsx'

/** Draws an edge by keyboard: type or arrow to the other tool, Enter connects; what cannot be says why. */
export function ConnectDialog() {
  const show = useDialogs((store) => store.show)
  const [tool] = useState(() => useConnecting.getState().tool)
  const close = () => {
    show(null)
    // After the dialog gave the focus back.
    if (tool !== null) setTimeout(() => canvasView()?.focus(tool), 0)
  }
  if (tool === null) return null
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && close()}
      title={`Connect ${tool}`}
      description="Type a name or use the arrows. Enter connects, Escape leaves all as it is."
    >
      <Targets tool={tool} onDone={close} />
    </Dialog>
  )
}

/** Of more tools than this only the one at hand is explained: each takes a look at the whole drawing. */
const MOST_EXPLAINED = 40

function Targets({ tool, onDone }: { tool: string; onDone: () => void }) {
  const id = useId()
  const flow = useFlow((document) => document)
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const [way, setWay] = useState<Direction>('out')
  const [kind, setKind] = useState<Edge['kind'] | 'fitting'>('fitting')
  const [refused, setRefused] = useState<string | null>(null)
  const open = useConnecting((store) => store.open)
  const { begin, hover, end } = useConnecting.getState()
  const names = flow.tools.map(({ name }) => name)
  const matching = names.filter((name) => name.toLowerCase().includes(words.trim().toLowerCase()))
  // What can be chosen stands first.
  const found = [...matching.filter((name) => open.has(name)), ...matching.filter((name) => !open.has(name))]
  const active = Math.max(0, Math.min(at, found.length - 1))
  const chosen = found[active]

  useEffect(() => {
    begin(tool, way)
    return end
  }, [tool, way, begin, end])
  useEffect(() => hover(chosen ?? null), [chosen, hover])

  const take = (name: string) => {
    const { from, to } = endsOf(tool, way, name)
    const reason = connectTools(from, to, kind === 'fitting' ? undefined : kind)
    setRefused(reason)
    if (reason === null) onDone()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setRefused(null)
      setAt((active + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % Math.max(1, found.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      event.stopPropagation()
      if (chosen !== undefined) take(chosen)
    }
  }
  return (
    <div className="flex flex-col gap-2.5">
      <input
        role="combobox"
        data-autofocus
        aria-label={way === 'out' ? `Tool that runs after ${tool}` : `Tool that ${tool} runs after`}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen === undefined ? undefined : `${id}-${active}`}
        placeholder={way === 'out' ? `What runs after ${tool}?` : `What does ${tool} run after?`}
        autoComplete="off"
        spellCheck={false}
        value={words}
        onChange={({ target }) => {
          setWords(target.value)
          setAt(0)
          setRefused(null)
        }}
        onKeyDown={onKeyDown}
        className="h-9 w-full rounded-lg border border-line bg-surface-2 px-3 font-mono text-sm placeholder:font-sans placeholder:text-text-3"
      />
      <div className="grid grid-cols-2 gap-2">
        <Select
          aria-label="Direction"
          value={way}
          options={[
            { value: 'out', label: `${tool} first, then it` },
            { value: 'in', label: `it first, then ${tool}` },
          ]}
          onValue={(value) => setWay(value as Direction)}
        />
        <Select
          aria-label="Kind of edge"
          value={kind}
          options={[
            { value: 'fitting', label: 'order, or data on a circle' },
            { value: 'order', label: 'order: it waits' },
            { value: 'data', label: 'data: it may take values' },
          ]}
          onValue={(value) => setKind(value as typeof kind)}
        />
      </div>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label="Tools"
        tabIndex={-1}
        className="max-h-[38vh] overflow-y-auto rounded-lg border border-line p-1"
      >
        {found.map((name, index) => {
          const { from, to } = endsOf(tool, way, name)
          const said = index === active || found.length <= MOST_EXPLAINED ? connectionWords(from, to) : null
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the text field above has the keyboard, by aria-activedescendant.
            <div
              key={name}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              ref={(element) => {
                if (index === active) element?.scrollIntoView({ block: 'nearest' })
              }}
              onPointerMove={() => setAt(index)}
              onClick={() => take(name)}
              className="rounded-md px-2 py-1.5 aria-selected:bg-surface-3"
            >
              <span className="flex items-center gap-2 font-mono text-xs font-semibold">
                <span className="min-w-0 truncate">{name}</span>
                {open.has(name) && <Check size={12} aria-hidden className="shrink-0 text-succeeded-text" />}
              </span>
              {said && (
                <span className={said.canBe ? 'text-xs text-text-2' : 'text-xs text-failed-text'}>{said.words}</span>
              )}
            </div>
          )
        })}
        {found.length === 0 && <p className="m-0 px-2 py-3 text-xs text-text-2">No tool is called “{words}”.</p>}
      </div>
      <p role="alert" className="m-0 min-h-4 text-xs text-failed-text">
        {refused}
      </p>
    </div>
  )
}

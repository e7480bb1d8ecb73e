import { renameTool } from '@volley/shared/flow/edit.ts'
import { type KeyboardEvent, memo, useState } from 'react'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { endRenaming, startRenaming, useRenaming } from '../state/renaming.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { canvasView } from '../state/view.ts'

/** A tool's name on its node, edited there after F2 or a double click. */
export const NameInPlace = memo(function NameInPlace({ name }: { name: string }) {
  const isRenaming = useRenaming((store) => store.tool === name)
  if (isRenaming) return <NameField name={name} />
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keyboard has F2 for this.
    <span className="node-name" onDoubleClick={() => startRenaming(name)}>
      {name}
    </span>
  )
})

/** Takes the name over at Enter and when it is left; one that cannot be taken says why at Enter, and stays as it was when it is left. */
function NameField({ name }: { name: string }) {
  const [typed, setTyped] = useState(name)
  const [fault, setFault] = useState<string | null>(null)
  const focusNode = (tool: string) => requestAnimationFrame(() => canvasView()?.focus(tool))
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Escape') {
      endRenaming()
      focusNode(name)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      const reason = rename(name, typed)
      setFault(reason)
      if (reason === null) focusNode(typed)
    }
  }
  return (
    <span className="relative min-w-0 flex-1">
      <input
        aria-label={`New name of ${name}`}
        aria-invalid={fault !== null || undefined}
        aria-describedby={fault === null ? undefined : 'name-fault'}
        ref={focusOnce}
        spellCheck={false}
        autoComplete="off"
        maxLength={64}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value)
          setFault(null)
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (useRenaming.getState().tool === name && rename(name, typed) !== null) endRenaming()
        }}
        className="name-field nodrag nopan"
      />
      {fault !== null && (
        <span id="name-fault" role="alert" className="name-fault">
          {fault}
        </span>
      )}
    </span>
  )
}

/** Selects the whole name, so that typing replaces it. */
function focusOnce(input: HTMLInputElement | null) {
  if (!input || document.activeElement === input) return
  input.focus({ preventScroll: true })
  input.select()
}

/** One step; the answer is why it cannot be, or null. */
function rename(from: string, to: string): string | null {
  const renamed = renameTool(currentFlow(), from, to)
  if (!renamed.ok) return renamed.error
  endRenaming()
  useFlowStore.getState().change(`Rename ${from} to ${to}`, () => renamed.value)
  useSessionStore.getState().select([to])
  return null
}

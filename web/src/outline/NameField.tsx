import { useState } from 'react'
import { TextInput } from '../ui/TextInput.tsx'
import { focusRow, useOutline } from './outlineStore.ts'
import { rename } from './rowActions.ts'

/** A tool's name while it is written: Enter gives it, Escape leaves the old one. */
export function NameField({ name }: { name: string }) {
  const [text, setText] = useState(name)
  const [fault, setFault] = useState<string | null>(null)
  const edit = useOutline((store) => store.edit)
  const finish = () => {
    const refused = rename(name, text)
    if (refused) return setFault(refused)
    edit(null)
    focusRow(text)
  }
  return (
    <span className="relative w-64 shrink-0">
      <TextInput
        mono
        ref={(input) => input?.focus()}
        aria-label={`New name of ${name}`}
        aria-invalid={fault !== null}
        aria-describedby={fault ? 'outline-name-fault' : undefined}
        value={text}
        className="h-7"
        onFocus={(event) => event.target.select()}
        onChange={(event) => {
          setText(event.target.value)
          setFault(null)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) finish()
          else if (event.key === 'Escape') {
            edit(null)
            focusRow(name)
          }
        }}
        onBlur={() => {
          // Left by Tab or the mouse: a good name is taken, a bad one is not held against anyone.
          if (useOutline.getState().editing !== name) return
          rename(name, text)
          edit(null)
        }}
      />
      {fault && (
        <span
          id="outline-name-fault"
          role="alert"
          className="absolute top-8 left-0 z-10 w-72 rounded-md border border-failed/50 bg-surface-1 px-2 py-1 text-xs whitespace-normal text-failed-text shadow-float"
        >
          {fault}
        </span>
      )}
    </span>
  )
}

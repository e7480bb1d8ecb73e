import { Check, ChevronDown } from 'lucide-react'
import { type KeyboardEvent, useId, useState } from 'react'
import { CONTROL } from './TextInput.tsx'

/** Several of a list, found by typing: the list opens on focus, Enter or a click takes an entry in or out. */
export function Combobox({
  label,
  placeholder,
  options,
  chosen,
  onToggle,
  emptyText,
}: {
  label: string
  placeholder?: string
  options: readonly string[]
  chosen: ReadonlySet<string>
  onToggle: (option: string) => void
  emptyText: string
}) {
  const id = useId()
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const found = options.filter((option) => option.toLowerCase().includes(text.trim().toLowerCase()))
  const active = Math.min(at, found.length - 1)
  const take = (option: string) => {
    onToggle(option)
    setText('')
    setAt(0)
    setOpen(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!isOpen) return setOpen(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      setAt((active + step + found.length) % Math.max(1, found.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      const option = found[active]
      if (isOpen && option !== undefined) take(option)
      else setOpen(true)
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault()
      setOpen(false)
    }
  }
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-xs font-medium text-text-2">
        {label}
      </label>
      <div className="relative">
        <input
          id={id}
          role="combobox"
          aria-expanded={isOpen}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          {...(isOpen && found[active] !== undefined ? { 'aria-activedescendant': `${id}-${active}` } : {})}
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          value={text}
          onChange={({ target }) => {
            setText(target.value)
            setAt(0)
            setOpen(true)
          }}
          onFocus={() => setOpen(true)}
          onClick={() => setOpen(true)}
          onBlur={() => {
            setOpen(false)
            setText('')
          }}
          onKeyDown={onKeyDown}
          className={`${CONTROL} h-[30px] pr-7`}
        />
        <ChevronDown size={13} aria-hidden className="pointer-events-none absolute top-2 right-2 text-text-3" />
        <div
          id={`${id}-list`}
          role="listbox"
          aria-label={label}
          aria-multiselectable="true"
          hidden={!isOpen}
          className="pop absolute inset-x-0 top-[34px] z-20 max-h-56 overflow-y-auto rounded-lg border border-line-strong bg-surface-1 p-1 shadow-float"
        >
          {found.map((option, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the text field above has the keyboard, by aria-activedescendant.
            <div
              key={option}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={chosen.has(option)}
              data-active={index === active || undefined}
              // Keeps the focus in the field, so that the list stays open until the click is done.
              onPointerDown={(event) => event.preventDefault()}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(option)}
              onPointerEnter={() => setAt(index)}
              className="flex h-7 items-center gap-2 rounded-md px-2 font-mono text-xs data-[active]:bg-surface-3"
            >
              <span className="min-w-0 flex-1 truncate">{option}</span>
              {chosen.has(option) && <Check size={13} aria-hidden className="text-running-text" />}
            </div>
          ))}
          {found.length === 0 && <p className="m-0 px-2 py-1.5 text-xs text-text-2">{emptyText}</p>}
        </div>
      </div>
    </div>
  )
}

import { type KeyboardEvent, useState } from 'react'
import { type Action, isEnabled, labelOf, perform } from '../actions/action.ts'
import { ACTIONS } from '../actions/index.ts'
import { onMac, showKeys } from '../actions/keys.ts'
import { showCommands } from '../actions/showCommands.ts'
import { toolKind } from '../actions/toolKinds.ts'
import { useDialogs } from '../state/dialogs.ts'
import { useFlow } from '../state/flowStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { canvasView } from '../state/view.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Kbd } from '../ui/Kbd.tsx'

interface Command {
  id: string
  label: string
  hint: string
  icon: Action['icon']
  keys: string | undefined
  do(): void
}

/** Everything one can do and every tool there is, found by typing. */
export function CommandList() {
  const { open, show } = useDialogs()
  return (
    <Dialog open={open === 'commands'} onOpenChange={(isOpen) => show(isOpen ? 'commands' : null)} title="Commands">
      <Commands onDone={() => show(null)} />
    </Dialog>
  )
}

function Commands({ onDone }: { onDone: () => void }) {
  const tools = useFlow((flow) => flow.tools)
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const commands: Command[] = [
    ...ACTIONS.filter((one) => one !== showCommands && isEnabled(one)).map(commandOf),
    ...tools.map((tool) => ({
      id: `tool ${tool.name}`,
      label: tool.name,
      hint: 'go to this tool',
      icon: toolKind(tool.run.kind).icon,
      keys: undefined,
      do: () => {
        useSessionStore.getState().select([tool.name])
        requestAnimationFrame(() => canvasView()?.focus(tool.name))
      },
    })),
  ]
  const found = commands.filter((one) => contains(`${one.label} ${one.hint}`, words))
  const active = Math.max(0, Math.min(at, found.length - 1))
  const take = (command: Command) => {
    onDone()
    // After the dialog gave the focus back, so that what takes the focus keeps it.
    setTimeout(() => command.do(), 0)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setAt((active + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % Math.max(1, found.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      event.stopPropagation()
      const command = found[active]
      if (command) take(command)
    }
  }
  return (
    <div className="-m-1 flex flex-col gap-2">
      <input
        role="combobox"
        data-autofocus
        aria-label="Find a command or a tool"
        aria-expanded="true"
        aria-controls="command-list"
        aria-activedescendant={found[active] ? `command-${active}` : undefined}
        placeholder="Find a command or a tool"
        autoComplete="off"
        value={words}
        onChange={({ target }) => {
          setWords(target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
        className="h-9 w-full rounded-lg border border-line bg-surface-2 px-3 text-sm placeholder:text-text-3"
      />
      <div
        id="command-list"
        role="listbox"
        aria-label="Commands"
        tabIndex={-1}
        className="max-h-[46vh] overflow-y-auto"
      >
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text field above has the keyboard, by aria-activedescendant.
          <div
            key={command.id}
            id={`command-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            ref={(element) => {
              if (index === active) element?.scrollIntoView({ block: 'nearest' })
            }}
            onPointerMove={() => setAt(index)}
            onClick={() => take(command)}
            className="flex h-8 items-center gap-2.5 rounded-md px-2 text-sm aria-selected:bg-surface-3"
          >
            <command.icon size={14} aria-hidden className="text-text-3" />
            <span className="min-w-0 flex-1 truncate">{command.label}</span>
            <span className="text-xs text-text-3">{command.hint}</span>
            {command.keys && <Kbd keys={command.keys} />}
          </div>
        ))}
        {found.length === 0 && <p className="m-0 px-2 py-3 text-xs text-text-2">Nothing is called “{words}”.</p>}
      </div>
    </div>
  )
}

function commandOf(one: Action): Command {
  const [keys] = one.keys
  return {
    id: one.label,
    label: labelOf(one),
    hint: '',
    icon: one.icon,
    keys: keys && showKeys(keys, onMac()),
    do: () => perform(one),
  }
}

const contains = (text: string, words: string) =>
  words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word))

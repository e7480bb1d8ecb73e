import { Fragment, type KeyboardEvent, useMemo, useState } from 'react'
import { listFlows } from '../api/client.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { useDialogs } from '../state/dialogs.ts'
import { useFlow, useFlowStore } from '../state/flowStore.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { allCommands, type Command, PARAMETERS } from './commands.ts'
import { rankCommands } from './rankCommands.ts'
import { recentCommands, rememberCommand } from './recentCommands.ts'

/** So many lines are drawn; who looks for more types more. */
const MOST = 120

/** Everything one can do and every place one can go to, found by typing a few letters. */
export function CommandList() {
  const { open, show } = useDialogs()
  return (
    <Dialog open={open === 'commands'} onOpenChange={(isOpen) => show(isOpen ? 'commands' : null)} title="Commands">
      <Commands onDone={() => show(null)} />
    </Dialog>
  )
}

function Commands({ onDone }: { onDone: () => void }) {
  const flow = useFlow((document) => document)
  const flowId = useFlowStore((store) => store.flowId)
  const flows = useAnswer('flows', listFlows).loaded
  const [recent] = useState(recentCommands)
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const found = useMemo(() => {
    const others = flows.is === 'there' ? flows.value.items.filter(({ id }) => id !== flowId) : []
    return rankCommands(allCommands(flow, others), words, recent, [PARAMETERS])
  }, [flow, flowId, flows, words, recent])
  const shown = found.slice(0, MOST)
  const active = Math.max(0, Math.min(at, shown.length - 1))
  const take = (command: Command) => {
    if (command.refusal !== null) return
    rememberCommand(command.id)
    onDone()
    // After the dialog gave the focus back, so that what takes the focus keeps it.
    setTimeout(() => command.do(), 0)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + 8, PageUp: active - 8 }[event.key]
    if (to !== undefined) {
      event.preventDefault()
      const last = shown.length - 1
      const isStep = event.key.startsWith('Arrow')
      setAt(isStep ? (to + shown.length) % Math.max(1, shown.length) : Math.max(0, Math.min(last, to)))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      event.stopPropagation()
      const one = shown[active]
      if (one) take(one.command)
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
        aria-activedescendant={shown[active] ? `command-${active}` : undefined}
        placeholder="Find a command, a tool, a parameter or a flow"
        autoComplete="off"
        spellCheck={false}
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
        {shown.map(({ command, title, positions }, index) => (
          <Fragment key={command.id}>
            {title !== '' && title !== shown[index - 1]?.title && (
              <p role="presentation" className="m-0 px-2 pt-2.5 pb-1 text-2xs font-medium text-text-3">
                {title}
              </p>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the text field above has the keyboard, by aria-activedescendant. */}
            <div
              id={`command-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              aria-disabled={command.refusal !== null || undefined}
              ref={(element) => {
                if (index === active) element?.scrollIntoView({ block: 'nearest' })
              }}
              onPointerMove={() => index !== active && setAt(index)}
              onClick={() => take(command)}
              className="group flex h-8 items-center gap-2.5 rounded-md px-2 text-sm aria-disabled:text-text-3 aria-selected:bg-surface-3"
            >
              <command.icon size={14} aria-hidden className="shrink-0 text-text-3" />
              <span className="min-w-0 flex-1 truncate">
                <Lit text={command.label} positions={positions} />
              </span>
              <span className="max-w-[45%] truncate text-xs text-text-3 group-aria-selected:text-text-2">
                {command.refusal ?? (command.hint || (words.trim() === '' ? '' : command.group))}
              </span>
              {command.keys && <Kbd keys={command.keys} />}
            </div>
          </Fragment>
        ))}
        {found.length === 0 && <p className="m-0 px-2 py-3 text-xs text-text-2">Nothing is called “{words}”.</p>}
        {found.length > MOST && (
          <p className="m-0 px-2 py-2 text-xs text-text-2">{found.length - MOST} more: type to narrow them down.</p>
        )}
      </div>
    </div>
  )
}

/** A text with the letters that were meant. */
function Lit({ text, positions }: { text: string; positions: readonly number[] }) {
  if (positions.length === 0) return text
  const lit = new Set(positions)
  const runs = [...text].length === text.length ? runsOf(text, lit) : [{ start: 0, words: text, isLit: false }]
  return runs.map(({ start, words, isLit }) =>
    isLit ? (
      <b key={start} className="font-semibold text-text-1 underline decoration-focus decoration-2 underline-offset-3">
        {words}
      </b>
    ) : (
      <span key={start}>{words}</span>
    ),
  )
}

/** The text cut where letters begin or cease to be lit. */
function runsOf(text: string, lit: ReadonlySet<number>) {
  const runs: { start: number; words: string; isLit: boolean }[] = []
  for (const [at, letter] of [...text].entries()) {
    const last = runs.at(-1)
    if (last && last.isLit === lit.has(at)) last.words += letter
    else runs.push({ start: at, words: letter, isLit: lit.has(at) })
  }
  return runs
}

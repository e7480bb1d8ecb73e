import { insertOnEdge } from '@volley/shared/flow/editEdges.ts'
import type { Flow, Tool } from '@volley/shared/flow/flow.ts'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { addToolOfKind } from '../actions/addTool.ts'
import { joinTool, jointWords } from '../actions/joinTool.ts'
import { isKindFor, TOOL_KINDS, type ToolKind, toolKind } from '../actions/toolKinds.ts'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { type Joint, type QuickAddAsk, useQuickAdd } from '../state/quickAdd.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { canvasView } from '../state/view.ts'
import { toast } from '../ui/toast.tsx'

const WIDTH = 288
const HEIGHT = 286

/** The small menu at the pointer that asks which tool shall stand there. */
export function QuickAdd({ ask }: { ask: QuickAddAsk }) {
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  const flow = currentFlow()
  const entries = entriesFor(ask.joint, flow).filter((entry) => entry.isFor(words))
  const active = Math.max(0, Math.min(at, entries.length - 1))
  const title = `${ask.joint.is === 'between' ? 'Insert' : 'Add'} a tool${jointWords(ask.joint, flow)}`
  useClosing(box)

  const take = (entry: Entry | undefined) => {
    if (!entry) return
    useQuickAdd.getState().close()
    const name = entry.take(ask)
    // Once it is drawn.
    requestAnimationFrame(() => requestAnimationFrame(() => canvasView()?.focus(name)))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Tab') event.preventDefault()
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      setAt((active + step + entries.length) % Math.max(1, entries.length))
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      take(entries[active])
    }
  }
  const place = canvasView()?.onScreen(ask.at) ?? { x: 0, y: 0 }
  return (
    <div
      ref={box}
      role="dialog"
      aria-label={title}
      style={{
        left: Math.max(8, Math.min(place.x, window.innerWidth - WIDTH - 8)),
        top: Math.max(8, Math.min(place.y, window.innerHeight - HEIGHT - 8)),
        width: WIDTH,
      }}
      className="pop fixed z-40 rounded-xl border border-line-strong bg-surface-1 p-1.5 shadow-float"
    >
      <p aria-hidden className="m-0 truncate px-1.5 pt-0.5 pb-1.5 text-2xs text-text-3">
        {title}
      </p>
      <input
        role="combobox"
        aria-label="Kind of tool"
        aria-expanded="true"
        aria-controls="quick-add-list"
        aria-activedescendant={entries[active] ? `quick-add-${active}` : undefined}
        placeholder="Which kind of tool?"
        autoComplete="off"
        value={words}
        onChange={({ target }) => {
          setWords(target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
        className="h-8 w-full rounded-lg border border-line bg-surface-2 px-2.5 text-sm placeholder:text-text-3"
      />
      <div
        id="quick-add-list"
        role="listbox"
        aria-label="Kinds of tool"
        tabIndex={-1}
        className="mt-1 max-h-56 overflow-y-auto"
      >
        {entries.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text field above has the keyboard, by aria-activedescendant.
          <div
            key={entry.id}
            id={`quick-add-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            data-quick-add={entry.id}
            ref={(element) => {
              if (index === active) element?.scrollIntoView({ block: 'nearest' })
            }}
            onPointerMove={() => setAt(index)}
            onClick={() => take(entry)}
            className="flex h-9 items-center gap-2.5 rounded-md px-2 text-sm aria-selected:bg-surface-3"
          >
            <entry.icon size={14} aria-hidden className="shrink-0 text-text-3" />
            <span className="shrink-0">{entry.title}</span>
            <span className="min-w-0 truncate text-xs text-text-3">{entry.summary}</span>
          </div>
        ))}
        {entries.length === 0 && (
          <p className="m-0 px-2 py-3 text-xs text-text-2">No kind of tool is called “{words}”.</p>
        )}
      </div>
    </div>
  )
}

interface Entry extends Pick<ToolKind, 'icon' | 'title' | 'summary'> {
  id: string
  isFor(words: string): boolean
  /** Puts the tool there; answers with its name. */
  take(ask: QuickAddAsk): string
}

/** The kinds of tool; and for an edge, the tools without edges that could be put on it. */
function entriesFor(joint: Joint, flow: Flow): Entry[] {
  const kinds = TOOL_KINDS.map(
    (one): Entry => ({
      ...one,
      id: one.kind,
      isFor: (words) => isKindFor(one, words),
      take: ({ at }) => addToolOfKind(one.kind, { at, exact: true, joint }),
    }),
  )
  if (joint.is !== 'between') return kinds
  const connected = new Set(flow.edges.flatMap(({ from, to }) => [from, to]))
  const loose = flow.tools.filter(({ name }) => !connected.has(name) && insertOnEdge(flow, joint.edge, name).ok)
  return [...kinds, ...loose.map((tool) => looseEntry(tool, joint))]
}

function looseEntry({ name, run }: Tool, joint: Joint): Entry {
  return {
    id: `tool ${name}`,
    icon: toolKind(run.kind).icon,
    title: name,
    summary: 'a tool of this flow',
    isFor: (words) => name.toLowerCase().includes(words.toLowerCase().trim()),
    take: () => {
      const joined = joinTool(currentFlow(), name, joint)
      if (!joined.ok) toast.problem(`“${name}” cannot be put there.`, joined.error)
      else {
        const step = `Put ${name}${jointWords(joint, currentFlow())}`
        useFlowStore.getState().change(step, () => joined.value.flow)
        if (joined.value.news) toast.say(joined.value.news.message, joined.value.news.more)
      }
      useSessionStore.getState().select([name])
      return name
    },
  }
}

/** Takes the focus, and gives it back where the question ends without an answer: by Escape, or a press outside. */
function useClosing(box: { current: HTMLElement | null }) {
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null
    box.current?.querySelector('input')?.focus()
    const { close } = useQuickAdd.getState()
    const onPress = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) close()
    }
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      close()
      before?.focus()
    }
    window.addEventListener('pointerdown', onPress, true)
    window.addEventListener('keydown', onKey, true)
    return () => {
      window.removeEventListener('pointerdown', onPress, true)
      window.removeEventListener('keydown', onKey, true)
    }
  }, [box])
}

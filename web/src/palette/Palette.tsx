import { ClipboardPaste, Search } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { perform } from '../actions/action.ts'
import { addToolOfKind, TOOL_DRAG } from '../actions/addTool.ts'
import { PALETTE_SEARCH } from '../actions/focusPalette.ts'
import { showImport } from '../actions/showImport.ts'
import { showMcp } from '../actions/showMcp.ts'
import { showOpenApi } from '../actions/showOpenApi.ts'
import { isKindFor, TOOL_KINDS, type ToolKind } from '../actions/toolKinds.ts'
import { canvasView } from '../state/view.ts'
import { Kbd } from '../ui/Kbd.tsx'
import { Panel, SectionTitle } from '../ui/Panel.tsx'

/** What can be put on the canvas: by dragging, by a click, by the keyboard. */
export function Palette() {
  const [words, setWords] = useState('')
  const found = TOOL_KINDS.filter((kind) => isKindFor(kind, words))
  const onKey = (event: KeyboardEvent) => {
    const [first] = found
    if (event.key === 'Enter' && first && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      addToolOfKind(first.kind, { at: canvasView()?.pointer() ?? null })
      setWords('')
    } else if (event.key === 'Escape') {
      setWords('')
      ;(event.target as HTMLElement).blur()
    }
  }
  return (
    <Panel label="Palette" className="h-full gap-4 overflow-y-auto p-3">
      <h2 className="sr-only">Tools</h2>
      <div className="relative shrink-0">
        <Search size={14} aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 text-text-3" />
        <input
          id={PALETTE_SEARCH}
          type="search"
          aria-label="Add a tool"
          placeholder="Add a tool"
          autoComplete="off"
          value={words}
          onChange={({ target }) => setWords(target.value)}
          onKeyDown={onKey}
          className="h-[33px] w-full rounded-lg border border-line bg-surface-2 pr-9 pl-8 text-sm placeholder:text-text-3 hover:border-line-strong [&::-webkit-search-cancel-button]:hidden"
        />
        <Kbd keys="/" className="absolute top-[7.5px] right-2" />
      </div>
      <div>
        <SectionTitle className="mt-0 mb-1.5 px-0.5">New tool</SectionTitle>
        <ul aria-label="Tools to add" className="m-0 flex list-none flex-col gap-0.5 p-0">
          {found.map((kind) => (
            <li key={kind.kind}>
              <Entry kind={kind} isFirst={words !== '' && kind === found[0]} />
            </li>
          ))}
        </ul>
        {found.length === 0 && <p className="px-1 text-xs text-text-2">No kind of tool is called “{words}”.</p>}
      </div>
      <div>
        <SectionTitle className="mt-0 mb-1.5 px-0.5">From elsewhere</SectionTitle>
        <ul aria-label="Tools from elsewhere" className="m-0 flex list-none flex-col gap-0.5 p-0">
          <li>
            <button type="button" className={ENTRY} onClick={() => perform(showMcp)}>
              <EntryBody icon={showMcp.icon} title="MCP server" summary="Over HTTP, or a command" />
            </button>
          </li>
          <li>
            <button type="button" className={ENTRY} onClick={() => perform(showOpenApi)}>
              <EntryBody icon={showOpenApi.icon} title="OpenAPI" summary="Pick operations" />
            </button>
          </li>
          <li>
            <button type="button" className={ENTRY} onClick={() => perform(showImport)}>
              <EntryBody icon={ClipboardPaste} title="Tool JSON" summary="Volley, OpenAI, Anthropic, MCP" />
            </button>
          </li>
        </ul>
      </div>
    </Panel>
  )
}

const ENTRY =
  'flex w-full items-center gap-2.5 rounded-lg border border-transparent px-2 py-[7px] text-left transition-colors duration-100 hover:border-line hover:bg-surface-2'

function Entry({ kind, isFirst }: { kind: ToolKind; isFirst: boolean }) {
  return (
    <button
      type="button"
      draggable
      data-palette={kind.kind}
      className={`${ENTRY} cursor-grab active:cursor-grabbing ${isFirst ? 'border-line bg-surface-2' : ''}`}
      onClick={() => addToolOfKind(kind.kind)}
      onDragStart={(event) => {
        event.dataTransfer.setData(TOOL_DRAG, kind.kind)
        event.dataTransfer.effectAllowed = 'copy'
      }}
    >
      <EntryBody icon={kind.icon} title={kind.title} summary={kind.summary} />
    </button>
  )
}

function EntryBody({ icon: Icon, title, summary }: Pick<ToolKind, 'icon' | 'title' | 'summary'>) {
  return (
    <>
      <span className="inline-flex size-7 shrink-0 items-center justify-center rounded-md bg-surface-3 text-text-2">
        <Icon size={14} aria-hidden />
      </span>
      <span className="min-w-0">
        <span className="block text-sm leading-[17px] font-semibold text-text-1">{title}</span>
        <span className="block truncate text-xs leading-4 text-text-3">{summary}</span>
      </span>
    </>
  )
}

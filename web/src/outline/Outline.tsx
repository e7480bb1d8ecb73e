import { groupsOf } from '@volley/shared/flow/editGroups.ts'
import { type FocusEvent, type MouseEvent, useEffect, useMemo } from 'react'
import { useFlow } from '../state/flowStore.ts'
import { AGENT, useSessionStore } from '../state/sessionStore.ts'
import { AgentRow } from './AgentRow.tsx'
import { GroupRow } from './GroupRow.tsx'
import { NoteRow } from './NoteRow.tsx'
import { OutlineBar } from './OutlineBar.tsx'
import './outline.css'
import { onTreeKey, selectRow } from './onTreeKey.ts'
import { useOutline } from './outlineStore.ts'
import { RunsAfterDialog } from './RunsAfterDialog.tsx'
import { stepsOf } from './stepsOf.ts'
import { ToolRow } from './ToolRow.tsx'

/**
 * The flow as a list: the agent, then its tools in the order of their edges, each with what leads to it, what is wrong with it and its
 * calls. All that the canvas can do, by keyboard and for those who listen.
 */
export function Outline() {
  const tools = useFlow((flow) => flow.tools)
  const edges = useFlow((flow) => flow.edges)
  const notes = useFlow((flow) => flow.notes)
  const groups = useFlow(groupsOf)
  const steps = useMemo(() => stepsOf({ tools, edges }), [tools, edges])
  const leadingTo = useMemo(() => Map.groupBy(edges, (edge) => edge.to), [edges])
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of edges, groups and notes come and go, too.
  useEffect(() => keepActive(tools.map(({ name }) => name)), [tools, edges, notes, groups])
  return (
    <section aria-label="Canvas" className="flex h-full min-h-0 flex-col bg-canvas">
      <OutlineBar />
      <div
        role="tree"
        aria-label="The agent and its tools"
        aria-multiselectable="true"
        className="min-h-0 flex-1 overflow-y-auto p-2 pt-0"
        onKeyDown={onTreeKey}
        onClick={onClick}
        onFocus={onFocus}
      >
        <AgentRow />
        {steps.map(({ step, tools: together }) => (
          <Step key={step} step={step} isOnly={steps.length === 1}>
            {together.map((tool) => (
              <ToolRow key={tool.name} tool={tool} step={step} edges={leadingTo.get(tool.name) ?? NO_EDGES} />
            ))}
          </Step>
        ))}
        {groups.map((group) => (
          <GroupRow key={group.id} group={group} />
        ))}
        {notes.map((note) => (
          <NoteRow key={note.id} note={note} />
        ))}
        {tools.length === 0 && (
          <div role="none" className="p-4 text-xs text-text-2">
            The agent has no tool yet. Add one above, or from the palette with “/”.
          </div>
        )}
      </div>
      <RunsAfterDialog />
    </section>
  )
}

const NO_EDGES: never[] = []

/** A quiet line over the tools that can go together; who listens hears the step with each tool. */
function Step({ step, isOnly, children }: { step: number; isOnly: boolean; children: React.ReactNode }) {
  const words = step === 1 ? 'Waits for no tool' : `Step ${step}: when what it waits for has ended`
  return (
    <>
      {!isOnly && (
        <div role="none" aria-hidden className="outline-step">
          {words}
        </div>
      )}
      {children}
    </>
  )
}

/** Tab must reach a row, also after the one it reached is gone. */
function keepActive(names: readonly string[]): void {
  const { active, activate } = useOutline.getState()
  const isThere = active !== null && document.querySelector(`[data-row="${CSS.escape(active)}"]`) !== null
  if (isThere) return
  const [selected] = useSessionStore.getState().selection
  activate(selected !== undefined && names.includes(selected) ? selected : AGENT)
}

function onFocus(event: FocusEvent) {
  const row = (event.target as Element).closest<HTMLElement>('[role="treeitem"]')?.dataset.row
  if (row !== undefined) useOutline.getState().activate(row)
}

function onClick(event: MouseEvent) {
  const target = event.target as Element
  if (target.closest('button, input, textarea, [role="menu"]')) return
  const row = target.closest<HTMLElement>('[role="treeitem"]')
  if (row) selectRow(row, { isAdding: event.ctrlKey || event.metaKey, isRange: event.shiftKey })
}

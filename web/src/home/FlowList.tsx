import type { SavedFlow } from '@volley/shared/api.ts'
import { copyName } from '@volley/shared/lib/words.ts'
import { useState } from 'react'
import { createFlow, deleteFlow, sentenceOf } from '../api/client.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { Select } from '../ui/Select.tsx'
import { CONTROL } from '../ui/TextInput.tsx'
import { toast } from '../ui/toast.tsx'
import { FlowRow } from './FlowRow.tsx'
import { FLOW_ORDERS, type FlowOrder, shownFlows } from './shownFlows.ts'

const ORDER_WORDS: Record<FlowOrder, string> = { changed: 'Last changed', name: 'Name', tools: 'Most tools' }

/** The saved flows: found by words, in an order of one's choice. The arrow keys go from line to line; deleting asks first. */
export function FlowList({ flows, onChanged }: { flows: readonly SavedFlow[]; onChanged(): void }) {
  const [words, setWords] = useState('')
  const [order, setOrder] = useState<FlowOrder>('changed')
  const [leaving, setLeaving] = useState<SavedFlow | null>(null)
  const shown = shownFlows(flows, { words, order })
  const now = Date.now()
  const duplicate = async ({ flow }: SavedFlow) => {
    const answer = await createFlow({ ...flow, name: copyName(flow.name, flows.map(nameOf)) })
    if (!answer.ok) return toast.problem(`“${flow.name}” could not be copied.`, sentenceOf(answer.error))
    toast.done(`“${answer.value.flow.name}” is there.`)
    onChanged()
  }
  const remove = async (saved: SavedFlow) => {
    setLeaving(null)
    const answer = await deleteFlow(saved.id)
    // 404: someone else deleted it in the meantime, which is what was wanted.
    if (!answer.ok && answer.error.status !== 404) return toast.problem(sentenceOf(answer.error))
    toast.done(`“${saved.flow.name}” is deleted.`)
    onChanged()
  }
  return (
    <section aria-label="Saved flows" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <input
          type="search"
          aria-label="Find a flow"
          placeholder="Find by name or tool"
          value={words}
          onChange={({ target }) => setWords(target.value)}
          className={`${CONTROL} h-[30px] min-w-40 flex-1`}
        />
        <Select
          aria-label="Order"
          className="w-40!"
          value={order}
          options={FLOW_ORDERS.map((value) => ({ value, label: ORDER_WORDS[value] }))}
          onValue={(value) => setOrder(value as FlowOrder)}
        />
      </div>
      {shown.length === 0 ? (
        <p className="m-0 rounded-[11px] border border-line bg-surface-1 px-4 py-6 text-center text-xs text-text-2">
          No flow has “{words}” in its name or in that of a tool.
        </p>
      ) : (
        <ul
          className="m-0 list-none overflow-hidden rounded-[11px] border border-line bg-surface-1 p-0"
          onKeyDown={stepWithArrows}
        >
          {shown.map((saved) => (
            <FlowRow
              key={saved.id}
              saved={saved}
              now={now}
              onDuplicate={() => void duplicate(saved)}
              onDelete={() => setLeaving(saved)}
            />
          ))}
        </ul>
      )}
      <ConfirmDialog
        open={leaving !== null}
        title={`Delete “${leaving?.flow.name ?? ''}”?`}
        verb="Delete flow"
        onCancel={() => setLeaving(null)}
        onConfirm={() => leaving && void remove(leaving)}
      >
        The flow goes with all its versions. This cannot be undone; open and export it first if you may want it back.
      </ConfirmDialog>
    </section>
  )
}

const nameOf = ({ flow }: SavedFlow) => flow.name

function stepWithArrows(event: React.KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-flow]')]
  const at = links.indexOf(event.target as HTMLElement)
  if (at < 0) return
  event.preventDefault()
  links[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus()
}

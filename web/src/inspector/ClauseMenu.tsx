import { hasClause, insertClause, PROMPT_CLAUSES, type PromptClause } from '@volley/shared/flow/promptClauses.ts'
import { Check, Plus, TestTubes } from 'lucide-react'
import type { RefObject } from 'react'
import { Link } from 'wouter'
import { paths } from '../routes.ts'
import { useFlowStore } from '../state/flowStore.ts'
import { Button } from '../ui/Button.tsx'
import { Menu, MenuItem, MenuLabel } from '../ui/Menu.tsx'
import { Tooltip } from '../ui/Tooltip.tsx'

/** Puts a sentence into the instructions that leads a model to ask for calls together: where the caret is, one undoable step. Beside it the way to measure them. */
export default function ClauseMenu({
  text,
  field,
  onText,
}: {
  text: string
  field: RefObject<HTMLTextAreaElement | null>
  onText: (name: string, text: string) => void
}) {
  const insert = (clause: PromptClause) => {
    const at = field.current && field.current.value === text ? field.current.selectionEnd : text.length
    const inserted = insertClause(text, clause, at === 0 ? text.length : at)
    onText(`Insert “${clause.title}”`, inserted.text)
    // Once the menu has given the focus back and the text stands in the field.
    setTimeout(() => {
      field.current?.focus()
      field.current?.setSelectionRange(inserted.caret, inserted.caret)
    }, 0)
  }
  return (
    <span className="flex items-center gap-1">
      <PromptLabLink />
      <Menu
        trigger={
          <Button variant="ghost" size="sm" icon={<Plus size={12} aria-hidden />}>
            Clause
          </Button>
        }
      >
        <MenuLabel>Sentences that encourage parallel calls</MenuLabel>
        <div className="max-h-[60vh] w-80 max-w-[calc(100vw-32px)] overflow-y-auto">
          {PROMPT_CLAUSES.map((clause) => {
            const isThere = hasClause(text, clause)
            return (
              <MenuItem
                key={clause.id}
                disabled={isThere}
                hint={isThere && <Check size={13} aria-label="already there" className="text-succeeded-text" />}
                onSelect={() => insert(clause)}
              >
                <span className="block text-sm">{clause.title}</span>
                <span className="block text-xs text-text-2">{clause.helps}</span>
              </MenuItem>
            )
          })}
        </div>
      </Menu>
    </span>
  )
}

/** Leads to where clauses are measured on a data set; for a flow that has a version to measure. */
function PromptLabLink() {
  const flowId = useFlowStore((store) => store.flowId)
  const version = useFlowStore((store) => store.version)
  if (flowId === null || version === null) return null
  return (
    <Tooltip text="Prompt lab: measure clauses on a data set">
      <Link
        href={paths.newEval(flowId, { version, lab: true })}
        aria-label="Prompt lab"
        className="inline-flex size-7 shrink-0 items-center justify-center rounded-md text-text-2 hover:bg-surface-3 hover:text-text-1"
      >
        <TestTubes size={13} aria-hidden />
      </Link>
    </Tooltip>
  )
}

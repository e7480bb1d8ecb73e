import type { Clause } from '@volley/shared/evals/variants.ts'
import { hasClause, PROMPT_CLAUSES } from '@volley/shared/flow/promptClauses.ts'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { TextArea, TextInput } from '../ui/TextInput.tsx'
import { Choice, Group } from './Choice.tsx'

const MOST = 20

/** Additions to the instructions that are tried: Volley's own, and one's own. */
export function ClauseChoice({
  instructions,
  clauses,
  isOpen: isOpenFirst,
  onClauses,
}: {
  /** Of the chosen versions. */
  instructions: readonly string[]
  clauses: readonly Clause[]
  isOpen: boolean
  onClauses: (clauses: Clause[]) => void
}) {
  const [isOpen, setOpen] = useState(isOpenFirst)
  const [name, setName] = useState('')
  const [text, setText] = useState('')
  const own = clauses.filter((clause) => !PROMPT_CLAUSES.some((one) => one.text === clause.text))
  const isFull = clauses.length >= MOST
  const add = () => {
    onClauses([...clauses, { name: name.trim(), text: text.trim() }])
    setName('')
    setText('')
  }
  return (
    <Group
      title="Clauses"
      note={
        clauses.length === 0
          ? 'Additions to the instructions, each tried against the instructions as they are.'
          : `${clauses.length} chosen, each against the instructions as they are.`
      }
    >
      {!isOpen ? (
        <div>
          <Button onClick={() => setOpen(true)}>Try clauses</Button>
        </div>
      ) : (
        <>
          <div className="grid grid-cols-2 gap-x-6 gap-y-3 rounded-lg border border-line bg-surface-1 p-3 max-[700px]:grid-cols-1">
            {PROMPT_CLAUSES.map((clause) => {
              const isThere = instructions.some((one) => hasClause(one, clause))
              const isChosen = clauses.some((one) => one.text === clause.text)
              return (
                <Choice
                  key={clause.id}
                  label={clause.title}
                  about={isThere ? 'Stands in the instructions already.' : clause.helps}
                  isChosen={isChosen}
                  isDisabled={!isChosen && (isThere || isFull)}
                  onChosen={(isOn) =>
                    onClauses([
                      ...clauses.filter((one) => one.text !== clause.text),
                      ...(isOn ? [{ name: clause.title, text: clause.text }] : []),
                    ])
                  }
                />
              )
            })}
          </div>
          {own.length > 0 && (
            <ul aria-label="Clauses of your own" className="m-0 flex list-none flex-col gap-2 p-0">
              {own.map((clause) => (
                <li
                  key={clause.text}
                  className="flex items-start gap-2 rounded-lg border border-line bg-surface-1 py-2 pr-2 pl-3"
                >
                  <span className="min-w-0 flex-1 text-xs">
                    <span className="font-medium">{clause.name}</span>
                    <span className="block break-words whitespace-pre-wrap text-text-2">{clause.text}</span>
                  </span>
                  <IconButton
                    size="sm"
                    label={`Take out ${clause.name}`}
                    icon={<X size={12} />}
                    onClick={() => onClauses(clauses.filter((one) => one !== clause))}
                  />
                </li>
              ))}
            </ul>
          )}
          <div className="flex flex-col items-start gap-3">
            <Field label="Your own clause" className="w-full">
              <TextArea
                rows={2}
                maxLength={20_000}
                placeholder="What is to stand after the instructions."
                value={text}
                onChange={({ target }) => setText(target.value)}
              />
            </Field>
            <span className="flex w-full flex-wrap items-end gap-3">
              <Field label="Called" className="w-60">
                <TextInput maxLength={200} value={name} onChange={({ target }) => setName(target.value)} />
              </Field>
              <Button
                icon={<Plus size={13} aria-hidden />}
                disabled={
                  name.trim() === '' || text.trim() === '' || isFull || own.some((one) => one.text === text.trim())
                }
                onClick={add}
              >
                Add clause
              </Button>
            </span>
          </div>
        </>
      )}
    </Group>
  )
}

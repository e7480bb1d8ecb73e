import type { TestCase } from '@volley/shared/evals/testCase.ts'
import type { ReactNode } from 'react'
import { counted } from '../../../trace/format.ts'
import { Field } from '../../../ui/Field.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PairsInput } from '../../../ui/PairsInput.tsx'
import { TextArea, TextInput } from '../../../ui/TextInput.tsx'
import { CallsForm } from './CallsForm.tsx'
import { ChecksForm } from './ChecksForm.tsx'
import type { CaseDraft } from './caseDraft.ts'
import { MessagesForm } from './MessagesForm.tsx'
import type { DraftFault } from './readDraft.ts'

/** A case in its form: what is asked, what was said before, and what is expected. Faults stand at their fields. */
export function CaseForm({
  draft,
  cases,
  faults,
  textFault,
  onDraft,
}: {
  draft: CaseDraft
  /** All cases of the set: their tools are suggested. */
  cases: readonly TestCase[]
  faults: readonly DraftFault[]
  /** Why the JSON that was typed cannot be shown here. */
  textFault: string | null
  onDraft: (draft: CaseDraft) => void
}) {
  if (textFault !== null)
    return (
      <Notice tone="waiting">
        What was typed as JSON cannot be shown as a form yet. Mend it there first. {textFault}
      </Notice>
    )
  const change = (changed: Partial<CaseDraft>) => onDraft({ ...draft, ...changed })
  const faultAt = (at: string) => faults.find((fault) => fault.at === at)?.message
  const { tools, bfcl } = draft.rest
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-4">
        <div className="grid grid-cols-2 gap-3 max-[560px]:grid-cols-1">
          <Field label="Id" hint="unique in the set" error={faultAt('id')}>
            <TextInput mono value={draft.id} onChange={({ target }) => change({ id: target.value })} />
          </Field>
          <Field label="Name" hint="may be left empty">
            <TextInput value={draft.name} onChange={({ target }) => change({ name: target.value })} />
          </Field>
        </div>
        <Field label="Input" hint="what the agent is asked">
          <TextArea value={draft.input} onChange={({ target }) => change({ input: target.value })} />
        </Field>
      </div>
      <Group title="Earlier messages" note="What was said before, by user and assistant in turn.">
        <MessagesForm messages={draft.messages} faultAt={faultAt} onMessages={(messages) => change({ messages })} />
      </Group>
      <Group title="Variables" note="Over those of the flow.">
        <PairsInput
          pairs={draft.variables}
          what="variable"
          namePlaceholder="audience"
          valuePlaceholder="pilots"
          onPairs={(variables) => change({ variables })}
        />
      </Group>
      <CallsForm {...{ draft, cases, faultAt }} onChange={change} />
      <Group title="Expected answer" note="All of these must hold. None: any answer is right.">
        <ChecksForm checks={draft.answer} faultAt={faultAt} onChecks={(answer) => change({ answer })} />
      </Group>
      {(tools || bfcl) && (
        <p className="m-0 text-xs text-text-2">
          {tools && `The case brings ${counted(tools.length, 'tool')} of its own in place of the flow’s. `}
          {bfcl && `It comes from the leaderboard, whose verdict on the calls counts. `}
          Both are edited as JSON.
        </p>
      )}
    </div>
  )
}

/** Fields that belong together. */
export function Group({
  title,
  note,
  action,
  children,
}: {
  title: string
  note?: string
  action?: ReactNode
  children: ReactNode
}) {
  return (
    <section aria-label={title} className="flex flex-col gap-2.5 border-t border-line pt-4">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-52">
          <h3 className="m-0 text-sm font-semibold">{title}</h3>
          {note && <p className="m-0 text-xs text-text-2">{note}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}

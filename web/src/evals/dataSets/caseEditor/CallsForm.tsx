import type { TestCase } from '@volley/shared/evals/testCase.ts'
import { Plus } from 'lucide-react'
import { useId } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Select } from '../../../ui/Select.tsx'
import { CallForm } from './CallForm.tsx'
import { Group } from './CaseForm.tsx'
import { addCall, changeCall, removeCall, toggleAfter } from './callEdits.ts'
import type { CallDraft, CaseDraft } from './caseDraft.ts'
import { useToolHints } from './useToolHints.ts'

/** The calls that are expected: whether they are looked at, how texts are compared, and each call. */
export function CallsForm({
  draft: { calls, texts, rest },
  cases,
  faultAt,
  onChange,
}: {
  draft: CaseDraft
  cases: readonly TestCase[]
  faultAt: (at: string) => string | undefined
  onChange: (change: Partial<CaseDraft>) => void
}) {
  const list = useId()
  const { hints, flows, from, setFrom } = useToolHints(cases, rest.tools)
  const setCalls = (next: CallDraft[] | null) => onChange({ calls: next })
  const note =
    calls === null
      ? 'Calls are not looked at.'
      : calls.length === 0
        ? 'There must be no call at all.'
        : 'These, and no others. They may come in any order, but for what “after” says.'
  return (
    <Group
      title="Expected calls"
      note={note}
      action={
        <div className="flex flex-wrap gap-3">
          <Field label="Calls">
            <Select
              className="w-36!"
              value={calls === null ? 'any' : 'these'}
              options={[
                { value: 'any', label: 'Not looked at' },
                { value: 'these', label: 'As listed' },
              ]}
              onValue={(value) => setCalls(value === 'any' ? null : [])}
            />
          </Field>
          {calls !== null && (
            <>
              <Field label="Texts in arguments">
                <Select
                  className="w-36!"
                  title="Loose: case, spaces and the signs , . / - _ * ^ do not count"
                  value={texts}
                  options={[
                    { value: 'exact', label: 'Exact' },
                    { value: 'loose', label: 'Loose' },
                  ]}
                  onValue={(value) => onChange({ texts: value as CaseDraft['texts'] })}
                />
              </Field>
              <Field label="Suggest tools of">
                <Select
                  className="w-44!"
                  value={from}
                  options={[
                    { value: '', label: 'This data set' },
                    ...flows.map(({ id, flow }) => ({ value: id, label: flow.name })),
                  ]}
                  onValue={setFrom}
                />
              </Field>
            </>
          )}
        </div>
      }
    >
      {calls !== null && (
        <>
          <datalist id={`${list}-tools`}>
            {[...hints.keys()].map((tool) => (
              <option key={tool} value={tool} />
            ))}
          </datalist>
          <datalist id={`${list}-together`}>
            {[...new Set(calls.map(({ together }) => together.trim()))].filter(Boolean).map((word) => (
              <option key={word} value={word} />
            ))}
          </datalist>
          <ol className="m-0 flex list-none flex-col gap-2.5 p-0">
            {calls.map((call, index) => (
              <li key={call.key}>
                <CallForm
                  number={index + 1}
                  call={call}
                  calls={calls}
                  lists={{ tools: `${list}-tools`, together: `${list}-together` }}
                  parameters={hints.get(call.tool.trim()) ?? []}
                  faultAt={faultAt}
                  onChange={(change) => setCalls(changeCall(calls, call.key, change))}
                  onAfter={(other) => setCalls(toggleAfter(calls, call.key, other))}
                  onRemove={() => setCalls(removeCall(calls, call.key))}
                />
              </li>
            ))}
          </ol>
          <Button
            variant="ghost"
            size="sm"
            className="self-start"
            icon={<Plus size={13} aria-hidden />}
            onClick={() => setCalls(addCall(calls, ''))}
          >
            Add call
          </Button>
        </>
      )}
    </Group>
  )
}

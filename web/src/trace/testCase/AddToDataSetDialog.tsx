import type { DataSetEntry } from '@volley/shared/evals/api.ts'
import { answerInShort, callsInShort } from '@volley/shared/evals/caseInShort.ts'
import { freeId } from '@volley/shared/evals/freeId.ts'
import type { TestCase } from '@volley/shared/evals/testCase.ts'
import { testCaseOf } from '@volley/shared/evals/testCaseOf.ts'
import { type FormEvent, useId, useState } from 'react'
import { sentenceOf } from '../../api/client.ts'
import { addCases, getDataSet, listDataSets, makeDataSet } from '../../api/dataSets.ts'
import { useAnswer } from '../../api/useAnswer.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { toast } from '../../ui/toast.tsx'
import { counted } from '../format.ts'
import { JsonBlock } from '../JsonBlock.tsx'
import { WhenLoaded } from '../WhenLoaded.tsx'
import type { Kept } from './useAddToDataSet.tsx'

/** Puts a run into a data set as a case: one that is there, or a new one. Says when its id is taken, before it is sent. */
export function AddToDataSetDialog({ kept, onClose }: { kept: Kept; onClose: () => void }) {
  const form = useId()
  const [testCase] = useState(() => testCaseOf(kept.run, kept.calls))
  const { loaded, reload } = useAnswer('data sets', listDataSets)
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Add to a data set"
      description="The input, and the calls that succeeded as what is expected. It can be edited there."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" disabled={loaded.is !== 'there'}>
            Add case
          </Button>
        </>
      }
    >
      <WhenLoaded what="The data sets" loaded={loaded} reload={reload}>
        {({ items }) => <AddForm id={form} testCase={testCase} dataSets={items} onClose={onClose} />}
      </WhenLoaded>
    </Dialog>
  )
}

const NEW_SET = ''
const NOTHING_TAKEN: ReadonlySet<string> = new Set()

function AddForm({
  id: form,
  testCase,
  dataSets,
  onClose,
}: {
  id: string
  testCase: TestCase
  dataSets: readonly DataSetEntry[]
  onClose: () => void
}) {
  const [latest] = dataSets.toSorted((one, other) => Date.parse(other.updatedAt) - Date.parse(one.updatedAt))
  const [target, setTarget] = useState(latest?.id ?? NEW_SET)
  const [newSet, setNewSet] = useState('')
  const [id, setId] = useState(testCase.id)
  const [name, setName] = useState(testCase.name ?? '')
  const [fault, setFault] = useState<string | null>(null)
  const taken = useIdsIn(target)
  const idFault = idFaultOf(id, taken)
  const add = async (event: FormEvent) => {
    event.preventDefault()
    if (idFault !== null) return
    const { name: _before, ...rest } = testCase
    const one: TestCase = { ...rest, id: id.trim(), ...(name.trim() ? { name: name.trim() } : {}) }
    const refused = await addTo(target, newSet.trim(), one)
    if (refused !== null) return setFault(refused)
    const into = dataSets.find((one) => one.id === target)?.name ?? newSet.trim()
    toast.done(`The case is in “${into}”.`, 'It is found under Evals, among the data sets.')
    onClose()
  }
  return (
    <form id={form} className="flex flex-col gap-4" onSubmit={(event) => void add(event)}>
      <Field label="Data set">
        <Select
          data-autofocus
          value={target}
          options={[
            ...dataSets.map((one) => ({ value: one.id, label: `${one.name} (${counted(one.size, 'case')})` })),
            { value: NEW_SET, label: 'A new data set' },
          ]}
          onValue={setTarget}
        />
      </Field>
      {target === NEW_SET && (
        <Field label="Name of the data set">
          <TextInput
            maxLength={200}
            placeholder="Questions about ports"
            value={newSet}
            onChange={({ target }) => setNewSet(target.value)}
          />
        </Field>
      )}
      <div className="grid grid-cols-2 gap-3 max-[560px]:grid-cols-1">
        <Field
          label="Id"
          error={
            idFault && (
              <span className="flex flex-wrap items-center gap-2">
                {idFault}
                {taken.has(id.trim()) && (
                  <Button size="sm" onClick={() => setId(freeId(id.trim(), taken))}>
                    Use {freeId(id.trim(), taken).slice(-24)}
                  </Button>
                )}
              </span>
            )
          }
        >
          <TextInput mono maxLength={200} value={id} onChange={({ target }) => setId(target.value)} />
        </Field>
        <Field label="Name" hint="may be left empty">
          <TextInput value={name} onChange={({ target }) => setName(target.value)} />
        </Field>
      </div>
      <dl className="m-0 grid grid-cols-[96px_1fr] gap-x-3 gap-y-1.5 text-xs">
        <dt className="text-text-3">Input</dt>
        <dd className="m-0 line-clamp-3 break-words text-text-1">{testCase.input}</dd>
        <dt className="text-text-3">Calls</dt>
        <dd className="m-0 font-mono break-words text-text-1">{callsInShort(testCase.expected)}</dd>
        <dt className="text-text-3">Answer</dt>
        <dd className="m-0 text-text-1">{answerInShort(testCase.expected)}</dd>
      </dl>
      <details className="text-xs">
        <summary className="cursor-default text-text-2">The whole case</summary>
        <div className="mt-2">
          <JsonBlock label="The case" value={testCase} />
        </div>
      </details>
      {fault && <Notice tone="failed">{fault}</Notice>}
    </form>
  )
}

function useIdsIn(target: string): ReadonlySet<string> {
  const { loaded } = useAnswer(`ids of ${target}`, async (signal) => {
    if (target === NEW_SET) return { ok: true, value: NOTHING_TAKEN }
    const answer = await getDataSet(target, signal)
    return answer.ok ? { ok: true, value: new Set(answer.value.cases.map(({ id }) => id)) } : answer
  })
  return loaded.is === 'there' ? loaded.value : NOTHING_TAKEN
}

function idFaultOf(id: string, taken: ReadonlySet<string>): string | null {
  if (id.trim() === '') return 'Give the case an id.'
  return taken.has(id.trim()) ? 'This id is taken in the set.' : null
}

/** Null once the case is in; else why it is not. */
async function addTo(target: string, name: string, one: TestCase): Promise<string | null> {
  if (target !== NEW_SET) {
    const added = await addCases(target, [one])
    return added.ok ? null : sentenceOf(added.error)
  }
  if (name === '') return 'Give the new data set a name.'
  const made = await makeDataSet({ name, description: '', cases: [one] })
  return made.ok ? null : sentenceOf(made.error)
}

import { type DataSetEntry, MOST_CASES } from '@volley/shared/evals/api.ts'
import { type CaseFile, planImport, readCaseFiles, type WhenTaken } from '@volley/shared/evals/importPlan.ts'
import { ok } from '@volley/shared/lib/result.ts'
import { type FormEvent, useDeferredValue, useMemo, useState } from 'react'
import { sentenceOf } from '../../../api/client.ts'
import { getDataSet, listDataSets } from '../../../api/dataSets.ts'
import type { Answer } from '../../../api/request.ts'
import { useAnswer } from '../../../api/useAnswer.ts'
import { count, counted } from '../../../trace/format.ts'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { Select } from '../../../ui/Select.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { FileChoice } from './FileChoice.tsx'
import { ImportPreview } from './ImportPreview.tsx'
import { SendingState } from './SendingState.tsx'
import { setNameOf } from './setNameOf.ts'
import { TakenIds } from './TakenIds.tsx'
import { NEW_SET, type Sends } from './useSending.ts'

/** The steps of an import below one another: what is read, what came out of it, where it goes. */
export function ImportForm({
  into,
  sends: { sending, begin, goOn, clear },
  onClose,
}: {
  into: DataSetEntry | null
  sends: Sends
  onClose: () => void
}) {
  const [files, setFiles] = useState<CaseFile[]>([])
  const [pasted, setPasted] = useState('')
  const [target, setTarget] = useState(into?.id ?? NEW_SET)
  const [name, setName] = useState<string | null>(null)
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set())
  const [whenTaken, setWhenTaken] = useState<WhenTaken>('skip')

  const text = useDeferredValue(pasted)
  const given = useMemo(() => [...files, ...pastedFile(text)], [files, text])
  const read = useMemo(() => readCaseFiles(given), [given])
  const sets = useAnswer('data sets', listDataSets).loaded
  const inTarget = useAnswer(`ids of ${target}`, (signal) => idsIn(target, signal)).loaded
  const ids = inTarget.is === 'there' ? inTarget.value : []
  const plan = planImport(read.cases, ids, whenTaken)
  const cases = plan.add.filter(({ id }) => !leftOut.has(id))
  const shownName = name ?? setNameOf(files)
  const tooMany = ids.length + cases.length - MOST_CASES
  // Once a part is in, what is left goes where that went.
  const isBegun = sending.is === 'sending' || sending.is === 'partly'
  const canAdd = cases.length > 0 && tooMany <= 0 && !isBegun && inTarget.is === 'there'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (canAdd) void begin({ target, name: shownName.trim() || 'Imported cases', cases })
  }
  return (
    <form className="flex flex-col gap-5" onSubmit={submit}>
      <FileChoice {...{ files, pasted }} onFiles={setFiles} onPasted={setPasted} />
      {given.length > 0 && (
        <>
          <ImportPreview read={read} />
          {read.cases.length > 0 && (
            <div className="grid grid-cols-2 gap-3 max-[560px]:grid-cols-1">
              <Field label="Into">
                <Select
                  value={target}
                  options={[
                    { value: NEW_SET, label: 'A new data set' },
                    ...(sets.is === 'there' ? sets.value.items : into ? [into] : []).map((one) => ({
                      value: one.id,
                      label: `${one.name} (${count(one.size)})`,
                    })),
                  ]}
                  disabled={isBegun}
                  onValue={setTarget}
                />
              </Field>
              {target === NEW_SET && (
                <Field label="Name of the data set">
                  <TextInput maxLength={200} value={shownName} onChange={({ target }) => setName(target.value)} />
                </Field>
              )}
            </div>
          )}
          {inTarget.is === 'fault' && <Notice tone="failed">{sentenceOf(inTarget.fault)}</Notice>}
          <TakenIds taken={plan.taken} {...{ whenTaken }} onWhenTaken={setWhenTaken} />
          {tooMany > 0 && (
            <Notice tone="failed">
              A data set holds at most {count(MOST_CASES)} cases: these are {count(tooMany)} too many. Import fewer, or
              put them into another set.
            </Notice>
          )}
        </>
      )}
      <SendingState
        sending={sending}
        onLeaveOut={(wrong) => {
          setLeftOut(new Set([...leftOut, ...wrong]))
          clear()
        }}
        onGoOn={(cases) => void goOn(cases)}
      />
      <div className="sticky -bottom-4 z-10 -mx-4 -mb-4 flex justify-end gap-2 border-t border-line bg-surface-1 px-4 py-3">
        <Button disabled={sending.is === 'sending'} onClick={onClose}>
          {sending.is === 'partly' ? 'Leave it at that' : 'Cancel'}
        </Button>
        <Button type="submit" variant="primary" disabled={!canAdd}>
          {addWords(cases.length, read.faults.length)}
        </Button>
      </div>
    </form>
  )
}

/** The ids that are taken in the set that is chosen. */
async function idsIn(target: string, signal: AbortSignal): Answer<string[]> {
  if (target === NEW_SET) return ok([])
  const answer = await getDataSet(target, signal)
  return answer.ok ? ok(answer.value.cases.map(({ id }) => id)) : answer
}

function addWords(good: number, bad: number): string {
  if (good === 0) return 'Add cases'
  if (bad === 0) return `Add ${counted(good, 'case')}`
  return good === 1 ? 'Add the good one' : `Add the ${count(good)} good ones`
}

/** A pasted text as a file: what does not begin as JSON is a table. */
function pastedFile(text: string): CaseFile[] {
  if (text.trim() === '') return []
  return [{ name: /^\s*[{[]/.test(text) ? 'Pasted text' : 'Pasted.csv', text }]
}

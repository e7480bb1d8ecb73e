import type { DataSetEntry } from '@volley/shared/evals/api.ts'
import { copyName } from '@volley/shared/lib/words.ts'
import { type ReactNode, useState } from 'react'
import { safeName } from '../../actions/fileName.ts'
import { sentenceOf } from '../../api/client.ts'
import { deleteDataSet, getDataSet, listDataSets, makeDataSet } from '../../api/dataSets.ts'
import { counted } from '../../trace/format.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { download } from '../../ui/download.ts'
import { toast } from '../../ui/toast.tsx'
import { DataSetDialog } from './DataSetDialog.tsx'
import { sendCases } from './sendCases.ts'

type Open = { is: 'nothing' } | { is: 'naming' | 'leaving'; dataSet: DataSetEntry }

/** What can be done with a whole data set, wherever it is shown. */
export interface DataSetActions {
  rename(dataSet: DataSetEntry): void
  copy(dataSet: DataSetEntry): void
  exportLines(dataSet: DataSetEntry): void
  remove(dataSet: DataSetEntry): void
}

/** The actions, and the dialogs that belong to them: those stand somewhere on the page. */
export function useDataSetActions({
  onChanged,
  onDeleted = onChanged,
}: {
  onChanged: () => void
  onDeleted?: () => void
}): { actions: DataSetActions; dialogs: ReactNode } {
  const [open, setOpen] = useState<Open>({ is: 'nothing' })
  const close = () => setOpen({ is: 'nothing' })
  const remove = async ({ id, name }: DataSetEntry) => {
    close()
    const answer = await deleteDataSet(id)
    // 404: someone else deleted it in the meantime, which is what was wanted.
    if (!answer.ok && answer.error.status !== 404)
      return toast.problem(`“${name}” was not deleted.`, sentenceOf(answer.error))
    toast.done(`“${name}” is deleted.`)
    onDeleted()
  }
  return {
    actions: {
      rename: (dataSet) => setOpen({ is: 'naming', dataSet }),
      remove: (dataSet) => setOpen({ is: 'leaving', dataSet }),
      copy: (dataSet) => void copy(dataSet).then(onChanged),
      exportLines: (dataSet) => void exportLines(dataSet),
    },
    dialogs: (
      <>
        <DataSetDialog
          open={open.is === 'naming'}
          dataSet={open.is === 'naming' ? open.dataSet : null}
          onClose={close}
          onStored={onChanged}
        />
        <ConfirmDialog
          open={open.is === 'leaving'}
          title={open.is === 'leaving' ? `Delete “${open.dataSet.name}”?` : 'Delete?'}
          verb="Delete data set"
          onCancel={close}
          onConfirm={() => open.is === 'leaving' && void remove(open.dataSet)}
        >
          {open.is === 'leaving' && open.dataSet.size > 0
            ? `Its ${counted(open.dataSet.size, 'case')} go with it. `
            : ''}
          This cannot be undone; export it first if you may want it back. Evals that ran on it keep their results.
        </ConfirmDialog>
      </>
    ),
  }
}

async function copy({ id, name, description }: DataSetEntry): Promise<void> {
  const [whole, all] = await Promise.all([getDataSet(id), listDataSets()])
  if (!whole.ok) return toast.problem(`“${name}” could not be copied.`, sentenceOf(whole.error))
  const names = all.ok ? all.value.items.map((one) => one.name) : [name]
  const made = await makeDataSet({ name: copyName(name, names), description })
  if (!made.ok) return toast.problem(`“${name}” could not be copied.`, sentenceOf(made.error))
  const refused = await sendCases(made.value.id, whole.value.cases)
  if (refused) return toast.problem(`“${made.value.name}” misses ${counted(refused.left.length, 'case')}.`, refused.why)
  toast.done(`“${made.value.name}” is there.`)
}

async function exportLines({ id, name }: DataSetEntry): Promise<void> {
  const whole = await getDataSet(id)
  if (!whole.ok) return toast.problem(`“${name}” could not be exported.`, sentenceOf(whole.error))
  const lines = whole.value.cases.map((one) => `${JSON.stringify(one)}\n`).join('')
  download(`${safeName(name, 'cases')}.jsonl`, lines, 'application/jsonl')
}

import type { DataSetEntry } from '@volley/shared/evals/api.ts'
import { counted } from '../../../trace/format.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { toast } from '../../../ui/toast.tsx'
import { ImportForm } from './ImportForm.tsx'
import { useSending } from './useSending.ts'

/** Reads cases from files or a pasted text, shows what they are and what is wrong with the others, and adds the good ones. */
export function ImportDialog({
  into,
  onClose,
  onAdded,
}: {
  /** The set that is open; null where none is. */
  into: DataSetEntry | null
  onClose: () => void
  /** The set that the cases are in now. */
  onAdded: (dataSetId: string) => void
}) {
  const finish = (dataSetId: string, added: number) => {
    onClose()
    toast.done(`${counted(added, 'case')} added.`)
    onAdded(dataSetId)
  }
  const sends = useSending(finish)
  const close = () => {
    // What is under way is seen to its end.
    if (sends.sending.is === 'sending') return
    if (sends.sending.is === 'partly') finish(sends.sending.dataSetId, sends.sending.sent)
    else onClose()
  }
  return (
    <Dialog
      wide
      open
      onOpenChange={(isOpen) => !isOpen && close()}
      title="Import cases"
      description="JSON lines, a table (.csv), or files of the Berkeley Function Calling Leaderboard with their answers. They are read here, in the page."
    >
      <ImportForm into={into} sends={sends} onClose={close} />
    </Dialog>
  )
}

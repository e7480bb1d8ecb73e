import { listExamples } from '../api/client.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Examples } from './Examples.tsx'

/** The gallery over the list of flows. */
export function TemplatesDialog({ onClose }: { onClose: () => void }) {
  const { loaded } = useAnswer('examples', listExamples)
  return (
    <Dialog
      wide
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Templates"
      description="Each shows one idea and runs without a key. Opening one saves nothing until you change it."
    >
      <Examples loaded={loaded} title="Choose one to begin with" />
    </Dialog>
  )
}

import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'

/** Asks before something that cannot be undone. The way back has the focus. */
export function ConfirmDialog({
  open,
  title,
  verb,
  onConfirm,
  onCancel,
  children,
}: {
  open: boolean
  title: string
  /** What the button that does it says. */
  verb: string
  onConfirm: () => void
  onCancel: () => void
  children: ReactNode
}) {
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => !isOpen && onCancel()}
      title={title}
      footer={
        <>
          <Button onClick={onCancel}>Cancel</Button>
          <Button variant="danger" onClick={onConfirm}>
            {verb}
          </Button>
        </>
      }
    >
      <div className="text-sm text-text-2">{children}</div>
    </Dialog>
  )
}

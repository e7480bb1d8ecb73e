import { Hand, MousePointer2 } from 'lucide-react'
import { type Action, perform, useEnabled, useTip } from '../actions/action.ts'
import { addNote } from '../actions/addNote.ts'
import { fitView } from '../actions/fitView.ts'
import { shownKeys } from '../actions/keys.ts'
import { redoChange } from '../actions/redoChange.ts'
import { showPreview } from '../actions/showPreview.ts'
import { tidyUp } from '../actions/tidyUp.ts'
import { undoChange } from '../actions/undoChange.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { ZoomMenu } from './ZoomMenu.tsx'

export type CanvasMode = 'select' | 'pan'

/** What one does to the drawing as a whole. */
export function CanvasToolbar({ mode, onMode }: { mode: CanvasMode; onMode: (mode: CanvasMode) => void }) {
  return (
    <div
      role="toolbar"
      aria-label="Canvas tools"
      className="flex items-center gap-0.5 rounded-xl border border-line bg-surface-1 p-1 shadow-float"
    >
      <IconButton
        side="top"
        label="Select"
        icon={<MousePointer2 size={15} />}
        pressed={mode === 'select'}
        onClick={() => onMode('select')}
      />
      <IconButton
        side="top"
        label="Pan"
        icon={<Hand size={15} />}
        pressed={mode === 'pan'}
        onClick={() => onMode('pan')}
      />
      <span className="mx-1 h-4 w-px bg-line" />
      <ActionButton action={addNote} />
      <ActionButton action={tidyUp} />
      <ActionButton action={showPreview} />
      <span className="mx-1 h-4 w-px bg-line" />
      <ActionButton action={undoChange} />
      <ActionButton action={redoChange} />
      <span className="mx-1 h-4 w-px bg-line" />
      <ZoomMenu />
      <ActionButton action={fitView} />
    </div>
  )
}

function ActionButton({ action }: { action: Action }) {
  const isEnabled = useEnabled(action)
  const tip = useTip(action)
  const Icon = action.icon
  return (
    <IconButton
      side="top"
      label={action.name}
      tip={tip}
      icon={<Icon size={15} />}
      keys={shownKeys(action)}
      disabled={!isEnabled}
      onClick={() => perform(action)}
    />
  )
}

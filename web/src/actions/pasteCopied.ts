import { paste } from '@volley/shared/flow/edit.ts'
import { ClipboardPaste } from 'lucide-react'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { action } from './action.ts'
import { clipToPaste } from './clipboard.ts'

/** Adds the copied tools under free names and selects them. */
export const pasteCopied = action({
  name: 'Paste',
  label: 'Paste the copied tools',
  icon: ClipboardPaste,
  keys: ['Mod+V'],
  perform: () => {
    const copied = clipToPaste()
    if (!copied) return
    const { flow, names } = paste(currentFlow(), copied.clip, copied.offset)
    useFlowStore.getState().change('Paste', () => flow)
    useSessionStore.getState().select(names)
  },
})

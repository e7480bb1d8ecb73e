import { ClipboardPaste } from 'lucide-react'
import { action } from './action.ts'
import { copied, pasteTools } from './clipboard.ts'

/** Adds the copied tools under free names and selects them. */
export const pasteCopied = action({
  name: 'Paste',
  label: 'Paste the copied tools',
  icon: ClipboardPaste,
  keys: ['Mod+V'],
  perform: () => {
    const clip = copied()
    if (clip) pasteTools('Paste', clip)
  },
})

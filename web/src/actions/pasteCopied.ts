import { ClipboardPaste } from 'lucide-react'
import { toast } from '../ui/toast.tsx'
import { action } from './action.ts'
import { keptText, pasteText } from './clipboard.ts'
import { onMac, showKeys } from './keys.ts'

const KEYS = 'Mod+V'

/** Adds what is on the clipboard under free names and selects it: copied tools, a Volley document, a tool array of others. */
export const pasteCopied = action({
  name: 'Paste',
  label: 'Paste what was copied',
  icon: ClipboardPaste,
  keys: [KEYS],
  perform: () => {
    const text = keptText()
    if (text !== null) return pasteText(text)
    toast.say('Nothing was copied here yet.', `${showKeys(KEYS, onMac())} pastes what was copied elsewhere.`)
  },
  clipboard: { event: 'paste', handle: (data) => void pasteText(data.getData('text/plain')) },
})

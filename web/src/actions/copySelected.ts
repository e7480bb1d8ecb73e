import { Copy } from 'lucide-react'
import { action } from './action.ts'
import { keepText, selectedText } from './clipboard.ts'
import { canCopy } from './targets.ts'

/** Copies the selected tools and notes, with the edges between them, as JSON. Where words are selected, they are copied instead. */
export const copySelected = action({
  name: 'Copy',
  label: 'Copy what is selected',
  icon: Copy,
  keys: ['Mod+C'],
  enabledWhen: canCopy,
  perform: () => {
    const text = selectedText()
    if (text === null) return
    keepText(text)
    void navigator.clipboard?.writeText(text).catch(() => {})
  },
  clipboard: {
    event: 'copy',
    handle: (data) => {
      const text = selectedText()
      if (text === null) return
      keepText(text)
      data.setData('text/plain', text)
    },
  },
})

import { Copy } from 'lucide-react'
import { action } from './action.ts'
import { copyTools } from './clipboard.ts'
import { targetTools } from './targets.ts'

/** Copies the selected tools with the edges between them. Where words are selected, they are copied instead. */
export const copySelected = action({
  name: 'Copy',
  label: 'Copy the selected tools',
  icon: Copy,
  keys: ['Mod+C'],
  enabledWhen: (now) => targetTools(now).length > 0 && (window.getSelection()?.isCollapsed ?? true),
  perform: () => copyTools(targetTools()),
})

import { ListTree } from 'lucide-react'
import { useFlowView } from '../state/flowView.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { action } from './action.ts'

/** The same flow as a list, and back as a drawing; the choice stays in this browser. */
export const toggleList = action({
  name: 'List or canvas',
  label: 'Show the flow as a list, or as a canvas',
  icon: ListTree,
  keys: ['Mod+Shift+O'],
  inFields: true,
  perform: async () => {
    const { view, show } = useFlowView.getState()
    show(view === 'list' ? 'canvas' : 'list')
    await import('../outline/Outline.tsx')
    requestAnimationFrame(() => requestAnimationFrame(takeFocusAlong))
  },
})

/** The keyboard was in what is gone: it goes on at the same tool, else at the agent. */
function takeFocusAlong(): void {
  if (document.activeElement !== document.body) return
  const [selected = ''] = useSessionStore.getState().selection
  const tool = document.querySelector<HTMLElement>(`[data-tool="${CSS.escape(selected)}"]`)
  const target = tool ?? document.querySelector<HTMLElement>('[data-agent]')
  target?.focus()
}

import { TextCursorInput } from 'lucide-react'
import { startRenaming } from '../state/renaming.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { canvasView } from '../state/view.ts'
import { action } from './action.ts'
import { targetTools } from './targets.ts'

/** Edits a tool's name where it stands. It changes everywhere the tool is spoken of. */
export const renameTool = action({
  name: 'Rename',
  label: 'Rename the selected tool everywhere',
  icon: TextCursorInput,
  keys: ['F2'],
  needs: 'Select one tool.',
  enabledWhen: (now) => targetTools(now).length === 1,
  perform: () => {
    const [tool] = targetTools()
    if (tool === undefined) return
    useSessionStore.getState().select([tool])
    canvasView()?.reveal(tool)
    startRenaming(tool)
  },
})

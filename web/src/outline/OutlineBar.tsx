import { Plus } from 'lucide-react'
import { type Action, perform, useEnabled } from '../actions/action.ts'
import { addNote } from '../actions/addNote.ts'
import { addToolOfKind } from '../actions/addTool.ts'
import { onMac, showKeys } from '../actions/keys.ts'
import { redoChange } from '../actions/redoChange.ts'
import { TOOL_KINDS } from '../actions/toolKinds.ts'
import { undoChange } from '../actions/undoChange.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Menu, MenuItem } from '../ui/Menu.tsx'
import { focusRow, useOutline } from './outlineStore.ts'

/** What one does to the list as a whole. */
export function OutlineBar() {
  const edit = useOutline((store) => store.edit)
  return (
    <div
      role="toolbar"
      aria-label="List tools"
      className="flex h-10 shrink-0 items-center gap-1 pr-44 pl-3 max-[900px]:pl-[188px]"
    >
      <Menu
        align="start"
        returnFocus={() => {}}
        trigger={
          <Button size="sm" icon={<Plus size={13} aria-hidden />}>
            Add tool
          </Button>
        }
      >
        {TOOL_KINDS.map(({ kind, title, summary, icon: Icon }) => (
          <MenuItem
            key={kind}
            icon={<Icon size={14} />}
            hint={summary}
            onSelect={() => {
              const name = addToolOfKind(kind)
              focusRow(name)
              // Its name comes first, as after a tool was put on the canvas.
              edit(name)
            }}
          >
            {title}
          </MenuItem>
        ))}
      </Menu>
      <BarButton
        action={addNote}
        onDone={() => {
          const [key] = useSessionStore.getState().selection
          if (key) edit(key)
        }}
      />
      <span className="mx-1 h-4 w-px bg-line" />
      <BarButton action={undoChange} />
      <BarButton action={redoChange} />
    </div>
  )
}

function BarButton({ action, onDone }: { action: Action; onDone?: () => void }) {
  const isEnabled = useEnabled(action)
  const [keys] = action.keys
  const Icon = action.icon
  return (
    <IconButton
      label={action.name}
      icon={<Icon size={15} />}
      keys={keys && showKeys(keys, onMac())}
      disabled={!isEnabled}
      onClick={() => {
        perform(action)
        onDone?.()
      }}
    />
  )
}

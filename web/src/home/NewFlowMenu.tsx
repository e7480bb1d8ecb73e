import { ChevronDown, LayoutTemplate, Plus, Sparkles, Square, Upload } from 'lucide-react'
import { openUnsaved } from '../actions/openFlow.ts'
import { Button } from '../ui/Button.tsx'
import { Menu, MenuItem } from '../ui/Menu.tsx'

/** The ways a flow can begin. */
export function NewFlowMenu({
  onPrompt,
  onTemplates,
  onImport,
}: {
  onPrompt: () => void
  onTemplates: () => void
  onImport: () => void
}) {
  return (
    <Menu
      trigger={
        <Button icon={<Plus size={14} aria-hidden />}>
          New flow
          <ChevronDown size={13} aria-hidden className="text-text-3" />
        </Button>
      }
    >
      <MenuItem icon={<Square size={14} aria-hidden />} hint="an empty canvas" onSelect={() => openUnsaved()}>
        Blank
      </MenuItem>
      <MenuItem icon={<Sparkles size={14} aria-hidden />} hint="say what it should do" onSelect={onPrompt}>
        From a prompt
      </MenuItem>
      <MenuItem icon={<LayoutTemplate size={14} aria-hidden />} hint="see and choose" onSelect={onTemplates}>
        From a template
      </MenuItem>
      <MenuItem icon={<Upload size={14} aria-hidden />} hint="a file" onSelect={onImport}>
        Import
      </MenuItem>
    </Menu>
  )
}

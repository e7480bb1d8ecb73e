import { type Action, isEnabled, perform } from '../actions/action.ts'
import { deleteSelected } from '../actions/deleteSelected.ts'
import { shownKeys } from '../actions/keys.ts'
import { MenuItem } from '../ui/Menu.tsx'

/** An action in a menu: its picture, its keys, and whether it can be done now. */
export function ActionItem({ action, checked }: { action: Action; checked?: boolean }) {
  const Icon = action.icon
  return (
    <MenuItem
      icon={<Icon size={14} />}
      keys={shownKeys(action)}
      danger={action === deleteSelected}
      disabled={!isEnabled(action)}
      checked={checked}
      onSelect={() => perform(action)}
    >
      {action.name}
    </MenuItem>
  )
}

import { updateGroup } from '@volley/shared/flow/editGroups.ts'
import { GROUP_COLORS, type Group } from '@volley/shared/flow/flow.ts'
import { Check } from 'lucide-react'
import { perform } from '../actions/action.ts'
import { ungroupSelected } from '../actions/groupSelected.ts'
import { useFlowStore } from '../state/flowStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { MenuItem, MenuLabel, MenuSeparator } from '../ui/Menu.tsx'
import './groups.css'

/** What can be done with a group, on the canvas and in the list: its colour, and taking it apart. */
export function GroupItems({ group }: { group: Group }) {
  const paint = (color: Group['color'] | null) =>
    useFlowStore
      .getState()
      .change(`Colour the group ${group.name}`, (flow) => updateGroup(flow, group.id, { color: color ?? null }))
  const ungroup = () => {
    useSessionStore.getState().select(group.tools)
    perform(ungroupSelected)
  }
  return (
    <>
      <MenuLabel>Colour</MenuLabel>
      {([null, ...GROUP_COLORS] as const).map((color) => (
        <MenuItem
          key={color ?? 'grey'}
          icon={<span className="group-swatch" data-color={color ?? undefined} />}
          hint={(group.color ?? null) === color ? <Check size={13} aria-label="chosen" /> : undefined}
          onSelect={() => paint(color)}
        >
          {COLOR_WORDS[color ?? 'grey']}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={<ungroupSelected.icon size={14} />} onSelect={ungroup}>
        {ungroupSelected.name}
      </MenuItem>
    </>
  )
}

const COLOR_WORDS = { grey: 'Grey', blue: 'Blue', green: 'Green', amber: 'Amber', violet: 'Violet' }

import { groupTools, ungroupTools } from '@volley/shared/flow/editGroups.ts'
import { Group, Ungroup } from 'lucide-react'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { action } from './action.ts'
import { nameOf } from './stepNames.ts'
import { targetTools } from './targets.ts'

/** Puts a named frame around the selected tools. Into a group that is selected whole, the others are taken. */
export const groupSelected = action({
  name: 'Group',
  label: 'Group the selected tools',
  icon: Group,
  keys: ['Mod+G'],
  enabledWhen: (now) => targetTools(now).length > 0,
  perform: () => {
    const names = targetTools()
    const flow = currentFlow()
    const grouped = groupTools(flow, names)
    if (!grouped) return
    useFlowStore.getState().change(`Group ${nameOf(flow, names)}`, () => grouped.flow)
    useSessionStore.getState().select(names)
  },
})

/** Takes the selected tools out of their groups; a frame that surrounds none is gone. */
export const ungroupSelected = action({
  name: 'Ungroup',
  label: 'Take the selected tools out of their group',
  icon: Ungroup,
  keys: ['Mod+Shift+G'],
  enabledWhen: (now) => ungroupTools(now.flow, targetTools(now)) !== now.flow,
  perform: () => {
    const names = targetTools()
    useFlowStore.getState().change(`Ungroup ${nameOf(currentFlow(), names)}`, (flow) => ungroupTools(flow, names))
  },
})

import type { SavedFlow } from '@volley/shared/api.ts'
import { propertiesOf } from '@volley/shared/flow/editParameters.ts'
import type { Flow } from '@volley/shared/flow/flow.ts'
import { Activity, FlaskConical, LayoutList, type LucideIcon, Settings, Variable, Workflow } from 'lucide-react'
import { isEnabled, labelOf, perform } from '../actions/action.ts'
import { ACTION_GROUPS } from '../actions/index.ts'
import { shownKeys } from '../actions/keys.ts'
import { showCommands } from '../actions/showCommands.ts'
import { toolKind } from '../actions/toolKinds.ts'
import { goTo, paths } from '../routes.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { focusTool } from '../state/view.ts'

/** One line of the command list. */
export interface Command {
  id: string
  group: string
  label: string
  /** What stands small behind it. */
  hint: string
  icon: LucideIcon
  keys: string | undefined
  /** Why it cannot be done now; null when it can. */
  refusal: string | null
  do(): void
}

/** All one can do and go to: actions, tools and their parameters, places, other flows. */
export function allCommands(flow: Flow, otherFlows: readonly SavedFlow[]): Command[] {
  return [
    ...actionCommands(),
    ...toolCommands(flow),
    ...PLACES,
    ...otherFlows.map(flowCommand),
    ...parameterCommands(flow),
  ]
}

const actionCommands = (): Command[] =>
  ACTION_GROUPS.flatMap(({ title, actions }) =>
    actions
      .filter((one) => one !== showCommands)
      .map((one) => ({
        id: `do ${one.label}`,
        group: title,
        label: labelOf(one),
        hint: '',
        icon: one.icon,
        keys: shownKeys(one),
        refusal: isEnabled(one) ? null : (one.needs ?? 'Not now.'),
        do: () => perform(one),
      })),
  )

const toolCommands = (flow: Flow): Command[] =>
  flow.tools.map((tool) => ({
    ...GOING,
    id: `tool ${tool.name}`,
    group: 'Tools',
    label: tool.name,
    hint: toolKind(tool.run.kind).title,
    icon: toolKind(tool.run.kind).icon,
    do: () => goToTool(tool.name),
  }))

const parameterCommands = (flow: Flow): Command[] =>
  flow.tools.flatMap((tool) =>
    Object.keys(propertiesOf(tool)).map((name) => ({
      ...GOING,
      id: `parameter ${tool.name} ${name}`,
      group: PARAMETERS,
      label: name,
      hint: tool.name,
      icon: Variable,
      do: () => goToTool(tool.name),
    })),
  )

const flowCommand = ({ id, flow }: SavedFlow): Command => ({
  ...GOING,
  id: `flow ${id}`,
  group: 'Other flows',
  label: flow.name,
  hint: '',
  icon: Workflow,
  do: () => goTo(paths.flow(id)),
})

export const PARAMETERS = 'Parameters'
const GOING = { keys: undefined, refusal: null }

const place = (label: string, icon: LucideIcon, path: string): Command => ({
  ...GOING,
  id: `place ${path}`,
  group: 'Places',
  label,
  hint: '',
  icon,
  do: () => goTo(path),
})

const PLACES: readonly Command[] = [
  place('All flows', LayoutList, paths.home),
  place('Runs', Activity, paths.runs),
  place('Evals', FlaskConical, paths.evals),
  place('Settings', Settings, paths.settings),
]

function goToTool(name: string) {
  useSessionStore.getState().select([name])
  requestAnimationFrame(() => focusTool(name))
}

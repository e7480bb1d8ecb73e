import type { Flow } from '@volley/shared/flow/flow.ts'
import type { RunState } from '@volley/shared/run/state.ts'
import type { LucideIcon } from 'lucide-react'
import { useFlowStore } from '../state/flowStore.ts'
import type { History } from '../state/history.ts'
import { useRunStore } from '../state/runStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'

/** What an action may look at to say whether it can be done. */
export interface Now {
  flow: Flow
  history: History<Flow>
  selection: readonly string[]
  run: RunState | null
}

/** One thing a person can do: toolbar, menus, keyboard and the command list all read this. */
export interface Action {
  /** The accessible name of its buttons. */
  name: string
  /** How the command list says it. */
  label: string
  icon: LucideIcon
  /** Keys that do it: `Mod` is Ctrl, or ⌘ on a Mac. The first is the one shown. */
  keys: readonly string[]
  /** How it is said as things stand: `Undo: Add get_forecast`. Its accessible name stays `name`. */
  labelNow?(now: Now): string | null
  /** Its keys come as this event of the browser, which alone may read and write the clipboard unasked. */
  clipboard?: { event: 'copy' | 'cut' | 'paste'; handle(data: DataTransfer): void }
  /** Whether its keys also work while one types in a field. */
  inFields: boolean
  /** What it needs before it can be done, where that is not plain. */
  needs: string | null
  enabledWhen(now: Now): boolean
  perform(): void | Promise<void>
}

/** Makes an action; what is left out: no keys, not in fields, always enabled. */
export function action(
  parts: Pick<Action, 'name' | 'icon' | 'perform'> &
    Partial<Pick<Action, 'label' | 'labelNow' | 'clipboard' | 'keys' | 'inFields' | 'needs' | 'enabledWhen'>>,
): Action {
  return { label: parts.name, keys: [], inFields: false, needs: null, enabledWhen: () => true, ...parts }
}

export function now(): Now {
  const { history } = useFlowStore.getState()
  const { selection } = useSessionStore.getState()
  return { flow: history.present, history, selection, run: useRunStore.getState().run }
}

export const isEnabled = (one: Action) => one.enabledWhen(now())

/** How a list of commands says it now. */
export const labelOf = (one: Action): string => one.labelNow?.(now()) ?? one.label

/** The same for a tooltip, kept up to date; a short name where nothing is to be told. */
export const useTip = (one: Action): string => useFlowStore(() => one.labelNow?.(now()) ?? one.name)

/** Does it if it can be done. */
export function perform(one: Action): void {
  if (isEnabled(one)) void one.perform()
}

/** Whether it can be done, kept up to date. */
export function useEnabled(one: Action): boolean {
  const document = useFlowStore(() => isEnabled(one))
  const session = useSessionStore(() => isEnabled(one))
  const run = useRunStore(() => isEnabled(one))
  return document && session && run
}

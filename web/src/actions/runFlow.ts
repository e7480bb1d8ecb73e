import { Play } from 'lucide-react'
import { runCurrentFlow } from '../playground/runs.ts'
import { isLive } from '../state/runStore.ts'
import { action } from './action.ts'

/** Runs the flow as it stands with the playground's message. */
export const runFlow = action({
  name: 'Run',
  label: 'Run the flow',
  icon: Play,
  keys: ['Mod+Enter'],
  inFields: true,
  enabledWhen: ({ run }) => !isLive(run),
  perform: () => runCurrentFlow(),
})

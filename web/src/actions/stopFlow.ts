import { Square } from 'lucide-react'
import { stopRun } from '../playground/runs.ts'
import { isLive } from '../state/runStore.ts'
import { action } from './action.ts'

/** Ends the run at once: the model's stream and every running call. */
export const stopFlow = action({
  name: 'Stop',
  label: 'Stop the run',
  icon: Square,
  enabledWhen: ({ run }) => isLive(run),
  perform: () => stopRun(),
})

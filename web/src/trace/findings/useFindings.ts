import type { List } from '@volley/shared/api.ts'
import type { RunState } from '@volley/shared/run/state.ts'
import type { Finding } from '@volley/shared/trace/findings/finding.ts'
import { getFindings } from '../../api/client.ts'
import { type Loaded, useAnswer } from '../../api/useAnswer.ts'

/** What was found in a run, as far as it is known. While the run goes on nothing can be said. */
export type FindingsShown = { is: 'going_on' } | (Loaded<List<Finding>> & { reload(): void })

/**
 * What held a run back, read as soon as it has ended. The server works it out, since it alone has the document that ran, whatever became
 * of the flow since and whether or not it was ever saved.
 */
export function useFindings(run: RunState | null): FindingsShown {
  const id = run?.summary ? run.id : null
  const { loaded, reload } = useAnswer(id ?? '', (signal) =>
    id === null ? new Promise<never>(() => {}) : getFindings(id, signal),
  )
  return id === null ? GOING_ON : { ...loaded, reload }
}

const GOING_ON: FindingsShown = { is: 'going_on' }

import type { EvalEntry } from '@volley/shared/evals/api.ts'
import { useEffect } from 'react'
import type { ApiFault } from '../api/client.ts'
import { listEvals } from '../api/evals.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { useKept } from '../api/useKept.ts'

const LOOK_AGAIN_MS = 1500

/** The evals of a flow and a data set, or all. While one of them runs the list is read again now and then. */
export function useEvalList(filter: { flowId?: string | undefined; dataSetId?: string | undefined }): {
  items: readonly EvalEntry[] | null
  fault: ApiFault | null
  reload: () => void
} {
  const { loaded, reload } = useAnswer(`evals ${JSON.stringify(filter)}`, (signal) => listEvals(filter, signal))
  const items = useKept(loaded)?.items ?? null
  const goesOn = items?.some(({ status }) => status === 'running') ?? false
  // biome-ignore lint/correctness/useExhaustiveDependencies: what reloads always does the same.
  useEffect(() => {
    if (!goesOn) return
    const timer = setInterval(() => document.hidden || reload(), LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [goesOn])
  return { items, fault: loaded.is === 'fault' ? loaded.fault : null, reload }
}

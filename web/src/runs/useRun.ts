import { useEffect, useState } from 'react'
import type { ApiFault } from '../api/client.ts'
import { createRunStore, type UseRunStore } from '../state/runStore.ts'
import { followRun } from '../trace/followRun.ts'

/** One run in a store of its own, read from its events: finished ones at once, others as they go on. */
export function useRun(runId: string): { store: UseRunStore; fault: ApiFault | null } {
  const [store] = useState(createRunStore)
  const [fault, setFault] = useState<ApiFault | null>(null)
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    const { begin, apply, setConnection } = store.getState()
    begin(runId)
    setFault(null)
    void followRun(runId, {
      signal,
      onEvents: apply,
      onConnection: (sentence) => signal.aborted || setConnection(sentence),
    }).then((ended) => {
      if (ended.end === 'refused' && !signal.aborted) setFault(ended.fault)
    })
    return () => controller.abort()
  }, [runId, store])
  return { store, fault }
}

import { applyRunEvents, EMPTY_RUN, type RunState } from '@volley/shared/run/state.ts'
import { useEffect, useState } from 'react'
import type { ApiFault } from '../api/client.ts'
import { followRun } from '../trace/followRun.ts'

/** One run, read from its events: finished ones at once, others as they go on. */
export function useRun(runId: string): { run: RunState; connection: string | null; fault: ApiFault | null } {
  const [run, setRun] = useState<RunState>(EMPTY_RUN)
  const [connection, setConnection] = useState<string | null>(null)
  const [fault, setFault] = useState<ApiFault | null>(null)
  useEffect(() => {
    const controller = new AbortController()
    setRun({ ...EMPTY_RUN, id: runId })
    setConnection(null)
    setFault(null)
    const { signal } = controller
    void followRun(runId, {
      signal,
      onEvents: (events) => setRun((before) => applyRunEvents(before, events)),
      onConnection: (sentence) => signal.aborted || setConnection(sentence),
    }).then((ended) => {
      if (ended.end === 'refused' && !signal.aborted) setFault(ended.fault)
    })
    return () => controller.abort()
  }, [runId])
  return { run, connection, fault }
}

import { useEffect, useRef } from 'react'
import type { Answer } from '../api/request.ts'
import { type Loaded, useAnswer } from '../api/useAnswer.ts'

/** Something of a run that the server works out: asked for again, without a flicker, when `state` of the run has changed. */
export function useRunAnswer<Value>(
  runId: string,
  state: number,
  ask: (signal: AbortSignal) => Answer<Value>,
): { loaded: Loaded<Value>; reload: () => void } {
  const { loaded, reload } = useAnswer(runId, ask)
  const seen = useRef(state)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what reloads is always the same.
  useEffect(() => {
    if (seen.current !== state) reload()
    seen.current = state
  }, [state])
  return { loaded, reload }
}

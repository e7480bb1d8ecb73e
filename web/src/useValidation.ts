import { useEffect } from 'react'
import { validateFlow } from './api/client.ts'
import { useFlow } from './state/flowStore.ts'
import { useProblems } from './state/problems.ts'

/** Keeps the list of problems in step with the document: asks the server a moment after each change. */
export function useValidation(): void {
  const flow = useFlow((document) => document)
  useEffect(() => {
    const stop = new AbortController()
    const timer = setTimeout(async () => {
      const answer = await validateFlow(flow, stop.signal)
      // Without an answer the last list stays: no news is not good news.
      if (answer.ok && !stop.signal.aborted) useProblems.getState().setProblems(answer.value.problems)
    }, 400)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [flow])
}

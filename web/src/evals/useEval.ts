import type { EvalAnswer, EvalResult } from '@volley/shared/evals/api.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ApiFault } from '../api/client.ts'
import { getEval, getEvalEntry, getResults } from '../api/evals.ts'
import { withNewer } from './results.ts'

const LOOK_AGAIN_MS = 1000

interface EvalState {
  evaluation: EvalAnswer | null
  results: readonly EvalResult[]
  fault: ApiFault | null
}

/** An eval with its results: all that there are, then those that come while it runs. What is shown stays until more is there. */
export function useEval(id: string): EvalState & { reload: () => void } {
  const [state, setState] = useState<EvalState>({ evaluation: null, results: [], fault: null })
  const [asked, setAsked] = useState(0)
  /** The number of the last result that is here; null: all are read anew. */
  const last = useRef<number | null>(null)
  /** Its cases, once they are here. */
  const cases = useRef<EvalAnswer['items'] | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a number more asks again.
  useEffect(() => {
    const stop = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async () => {
      // The eval first: once that says it is finished, no result is missing in what is asked for after it.
      const evaluation = await lookAt(id, cases.current, stop.signal)
      if (evaluation.ok) cases.current = evaluation.value.items
      const isOver = evaluation.ok && evaluation.value.status !== 'running'
      // After a change all are read: runs that are made anew are gone.
      const after = last.current ?? 0
      const isAnew = last.current === null
      const newer = evaluation.ok ? await getResults(id, after, stop.signal) : evaluation
      if (stop.signal.aborted) return
      if (!evaluation.ok || !newer.ok) {
        const fault = evaluation.ok ? newer : evaluation
        if (!fault.ok) setState((before) => ({ ...before, fault: fault.error }))
        // Whoever is away for a moment is asked again; what is not there will not come.
        if (!fault.ok && fault.error.status !== 404) timer = setTimeout(() => void look(), LOOK_AGAIN_MS * 3)
        return
      }
      last.current = newer.value.at(-1)?.seq ?? after
      setState((before) => ({
        evaluation: evaluation.value,
        results: withNewer(isAnew ? [] : before.results, newer.value),
        fault: null,
      }))
      if (!isOver) timer = setTimeout(later, LOOK_AGAIN_MS)
    }
    const later = () => {
      if (document.hidden) timer = setTimeout(later, LOOK_AGAIN_MS)
      else void look()
    }
    void look()
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [id, asked])

  const reload = useCallback(() => {
    last.current = null
    setAsked((times) => times + 1)
  }, [])
  return { ...state, reload }
}

/** An eval; its cases are asked for once. */
async function lookAt(id: string, cases: EvalAnswer['items'] | null, signal: AbortSignal) {
  if (cases === null) return getEval(id, signal)
  const entry = await getEvalEntry(id, signal)
  return entry.ok ? { ok: true as const, value: { ...entry.value, items: cases } } : entry
}

/** An eval and all its results, once. */
export async function readEval(id: string, signal: AbortSignal) {
  const [evaluation, results] = await Promise.all([getEval(id, signal), getResults(id, 0, signal)])
  if (!evaluation.ok) return evaluation
  if (!results.ok) return results
  return { ok: true as const, value: { evaluation: evaluation.value, results: withNewer([], results.value) } }
}

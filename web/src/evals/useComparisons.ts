import type { ScoredRun } from '@volley/shared/evals/caseScore.ts'
import type { Comparison } from '@volley/shared/evals/compareScores.ts'
import type { MetricName } from '@volley/shared/evals/metrics.ts'
import { useEffect, useState } from 'react'

/** What is to be compared: pairs of places in `runs`, each from before to after. */
export interface Comparing {
  runs: readonly (readonly ScoredRun[])[]
  pairs: readonly (readonly [before: number, after: number])[]
  by: MetricName
}

/** Comparisons, a pair each, worked out beside the page; null until they are there. The same object is compared once. */
export function useComparisons(asked: Comparing | null): readonly Comparison[] | null {
  const [done, setDone] = useState<{ asked: Comparing; comparisons: Comparison[] } | null>(null)
  useEffect(() => {
    if (asked === null || asked.pairs.length === 0) return
    const worker = new Worker(new URL('./compare.worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<Comparison[]>) => {
      setDone({ asked, comparisons: data })
      worker.terminate()
    }
    worker.postMessage(asked)
    return () => worker.terminate()
  }, [asked])
  return done !== null && done.asked === asked ? done.comparisons : null
}

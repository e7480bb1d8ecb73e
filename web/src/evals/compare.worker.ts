import { compareScores } from '@volley/shared/evals/compareScores.ts'
import type { Comparing } from './useComparisons.ts'

// Thousands of draws for each number of each pair: here the page stays free meanwhile.
self.onmessage = ({ data: { runs, pairs, by } }: MessageEvent<Comparing>) => {
  self.postMessage(pairs.map(([before, after]) => compareScores(runs[before] ?? [], runs[after] ?? [], { by })))
}

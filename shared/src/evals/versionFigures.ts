import type { EvalEntry } from './api.ts'
import type { SetSummary } from './summarise.ts'

/** What the newest eval of a version came to. */
export interface VersionFigures {
  version: number
  eval: { id: string; name: string; finishedAt: string }
  dataSet: EvalEntry['dataSet']
  summary: SetSummary
}

/**
 * For each version the figures of its newest finished eval, oldest version first. `evals` come newest first. A version counts as it
 * stands: with an addition to its instructions it is none that was saved. Where an eval ran it with several models, the first counts.
 */
export function versionFigures(
  evals: readonly EvalEntry[],
  { dataSetId }: { dataSetId?: string | undefined } = {},
): VersionFigures[] {
  const newest = new Map<number, VersionFigures>()
  for (const { id, name, status, finishedAt, dataSet, variants, summaries } of evals) {
    if (status !== 'finished' || finishedAt === null || summaries === null) continue
    if (dataSetId !== undefined && dataSet.id !== dataSetId) continue
    for (const [at, { version, clause }] of variants.entries()) {
      const summary = summaries[at]
      if (clause !== null || !summary || newest.has(version)) continue
      newest.set(version, { version, eval: { id, name, finishedAt }, dataSet, summary })
    }
  }
  return [...newest.values()].sort((one, other) => one.version - other.version)
}

import type { RunFacets, RunFilter } from '@volley/shared/api.ts'
import { versionFigures } from '@volley/shared/evals/versionFigures.ts'
import { GitCompareArrows } from 'lucide-react'
import { sentenceOf } from '../api/client.ts'
import { listEvals } from '../api/evals.ts'
import { getRunStats } from '../api/runStats.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Notice } from '../ui/Notice.tsx'
import { VersionComparison } from './VersionComparison.tsx'
import { VersionStatsTable } from './VersionStatsTable.tsx'

const MOST_OFFERED = 3

/** The versions of one flow, and two of them compared. Versions of several flows are no row of versions: a flow is chosen first. */
export function VersionPanel({
  filter,
  facets,
  onFlow,
}: {
  filter: RunFilter
  facets: RunFacets | null
  onFlow: (flow: string) => void
}) {
  // All versions are shown, whichever one the list is filtered by.
  if (filter.flowId !== undefined)
    return <FlowVersions filter={{ ...filter, version: undefined }} versions={facets?.versions ?? []} />
  const saved = facets?.flows.flatMap(({ id, name }) => (id === null ? [] : [{ id, name }])) ?? []
  return (
    <EmptyState
      className="py-12"
      icon={<GitCompareArrows size={20} />}
      title="Choose a flow"
      action={saved.slice(0, MOST_OFFERED).map(({ id, name }) => (
        <Button key={id} onClick={() => onFlow(id)}>
          {name}
        </Button>
      ))}
    >
      {saved.length > 0
        ? 'Versions belong to one flow: choose it in the filters, or here.'
        : 'Versions belong to a saved flow. None of those that were run is saved yet.'}
    </EmptyState>
  )
}

function FlowVersions({ filter, versions }: { filter: RunFilter; versions: RunFacets['versions'] }) {
  const { loaded } = useAnswer(JSON.stringify(filter), (signal) => getRunStats(filter, signal))
  const evals = useAnswer(`evals ${filter.flowId}`, (signal) => listEvals({ flowId: filter.flowId }, signal)).loaded
  if (loaded.is === 'fault') return <Notice tone="failed">{sentenceOf(loaded.fault)}</Notice>
  if (loaded.is === 'loading') return null
  if (loaded.value.versions.length === 0)
    return (
      <EmptyState className="py-12" title="No finished run of a saved version">
        Run the flow once it is saved: each change makes a new version, and its runs are counted here.
      </EmptyState>
    )
  return (
    <div className="flex flex-col gap-8">
      <VersionStatsTable
        versions={loaded.value.versions}
        evals={evals.is === 'there' ? versionFigures(evals.value.items) : []}
      />
      {versions.length > 1 ? (
        <VersionComparison versions={versions} filter={filter} />
      ) : (
        <p className="m-0 text-xs text-text-2">A second version that was run can be compared with this one here.</p>
      )}
    </div>
  )
}

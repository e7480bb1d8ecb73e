import type { FlowVersion } from '@volley/shared/api.ts'
import type { VersionFigures } from '@volley/shared/evals/versionFigures.ts'
import type { VersionStats } from '@volley/shared/trace/runStats.ts'
import { Link } from 'wouter'
import { paths } from '../routes.ts'
import { evalFigures } from '../trace/evalNumbers.ts'
import { counted, dollars, duration, percentage } from '../trace/format.ts'
import { Button } from '../ui/Button.tsx'
import { Chip } from '../ui/Chip.tsx'

/** One version in the list: who saved it and when, what it is called, how its runs went, and what can be done with it. */
export function VersionRow({
  version: { version, createdAt, labels, author, note, hash },
  stats,
  measured,
  isCurrent,
  isOpen,
  onMarks,
  onCompare,
  onRestore,
}: {
  version: FlowVersion
  stats: VersionStats | undefined
  /** By its newest eval. */
  measured: VersionFigures | undefined
  isCurrent: boolean
  isOpen: boolean
  onMarks: () => void
  onCompare: () => void
  onRestore: () => void
}) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md px-2 py-1.5 text-sm hover:bg-surface-2">
      <span className="w-10 shrink-0 font-mono font-semibold" title={`Content ${hash.slice(0, 12)}`}>
        v{version}
      </span>
      <span className="min-w-0 flex-1 basis-56 text-xs text-text-2">
        <time dateTime={createdAt}>{new Date(createdAt).toLocaleString()}</time>
        {author && <span> · {author}</span>}
        {stats && <span> · {figures(stats)}</span>}
        {measured && <Measured figures={measured} />}
        {note && <span className="block text-text-1">{note}</span>}
      </span>
      {labels.map((label) => (
        <Chip key={label}>{label}</Chip>
      ))}
      <span className="ml-auto flex shrink-0 items-center">
        <Button
          size="sm"
          variant="ghost"
          aria-label={`Label version ${version}`}
          aria-expanded={isOpen}
          onClick={onMarks}
        >
          Label
        </Button>
        {isCurrent ? (
          <span className="px-2 text-xs text-text-3">current</span>
        ) : (
          <>
            <Button size="sm" variant="ghost" aria-label={`Compare version ${version}`} onClick={onCompare}>
              Compare
            </Button>
            <Button size="sm" variant="ghost" aria-label={`Restore version ${version}`} onClick={onRestore}>
              Restore
            </Button>
          </>
        )}
      </span>
    </div>
  )
}

function figures({ runs, failed, latencyMs, costUsd }: VersionStats): string {
  return [
    counted(runs, 'run'),
    ...(failed > 0 ? [`${percentage(failed / runs)} failed`] : []),
    ...(latencyMs.median === null ? [] : [`about ${duration(latencyMs.median)}`]),
    ...(costUsd.median === null ? [] : [`about ${dollars(costUsd.median)}`]),
  ].join(' · ')
}

function Measured({ figures: { eval: of, dataSet, summary } }: { figures: VersionFigures }) {
  return (
    <span>
      {' '}
      ·{' '}
      <Link href={paths.eval(of.id)} className="text-text-1 underline underline-offset-2">
        {evalFigures(summary)} on {dataSet.name}
      </Link>
    </span>
  )
}

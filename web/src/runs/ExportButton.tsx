import type { RunFilter } from '@volley/shared/api.ts'
import { Download } from 'lucide-react'
import { MOST_EXPORTED, runExportAddress } from '../api/runStats.ts'
import { counted } from '../trace/format.ts'
import { Button } from '../ui/Button.tsx'

/** Saves the chosen runs as JSON lines, else all that the filters let through. */
export function ExportButton({
  chosen,
  filter,
  total,
  isBare,
}: {
  chosen: ReadonlySet<string>
  filter: RunFilter
  /** How many runs the filter lets through. */
  total: number
  isBare: boolean
}) {
  const isTooMany = chosen.size > MOST_EXPORTED
  return (
    <Button
      icon={<Download size={14} aria-hidden />}
      disabled={total === 0 || isTooMany}
      title={
        isTooMany
          ? `At most ${MOST_EXPORTED} can be chosen at once: filter instead, and export all of them.`
          : 'As JSON lines: every event of every run'
      }
      onClick={() => saveRuns(chosen.size > 0 ? { ids: [...chosen] } : filter)}
    >
      {chosen.size > 0 ? `Export ${chosen.size} chosen` : isBare ? 'Export all' : `Export ${counted(total, 'run')}`}
    </Button>
  )
}

/** Lets the browser save runs: they come as they are read, and need not fit into the page. */
export function saveRuns(meant: Parameters<typeof runExportAddress>[0]) {
  const link = document.createElement('a')
  link.href = runExportAddress(meant)
  link.download = ''
  link.click()
}

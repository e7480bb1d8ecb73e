import type { RunState } from '@volley/shared/run/state.ts'
import type { Hold } from '@volley/shared/trace/holds.ts'
import { endOf } from '@volley/shared/trace/span.ts'
import type { Row } from '@volley/shared/trace/spans.ts'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { statusWord } from '../../ui/StatusDot.tsx'
import { counted, duration } from '../format.ts'
import { barWords, modelWords, waitWords } from '../words.ts'
import { placeOn } from './axis.ts'
import type { Scale } from './Bar.tsx'
import { type Group, type Item, merged } from './items.ts'
import { END_PX, LABEL_PX } from './measures.ts'
import { CallBars, ModelBar } from './TraceBars.tsx'

/** What is known of all calls of a run, for those who draw one. */
export interface Known {
  run: RunState
  critical: ReadonlySet<number>
  holds: ReadonlyMap<number, Hold>
  /** Whether it is known what kept calls in line. */
  knowsHolds: boolean
  slack: ReadonlyMap<number, number>
}

/** The name on the left of a line, and, for a group, whether it is open. */
export function RowLabel({ item, onToggle }: { item: Item; onToggle(): void }) {
  const [name, more] = wordsOf(item)
  return (
    <span
      className="flex shrink-0 items-center font-mono text-xs"
      style={{ width: LABEL_PX, paddingLeft: item.level === 2 ? 26 : 6 }}
    >
      {item.group ? (
        // The keys for it belong to the tree around it.
        // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
        // biome-ignore lint/a11y/noStaticElementInteractions: see above.
        <span
          className="mr-0.5 flex size-[18px] shrink-0 items-center justify-center rounded-sm text-text-3 hover:bg-surface-3 hover:text-text-1"
          onClick={(event) => {
            event.stopPropagation()
            onToggle()
          }}
        >
          {item.group.isOpen ? <ChevronDown size={12} aria-hidden /> : <ChevronRight size={12} aria-hidden />}
        </span>
      ) : (
        item.level === 1 && <span className="mr-0.5 w-[18px] shrink-0" />
      )}
      <span className="flex min-w-0 items-baseline gap-1.5">
        <span className="max-w-[150px] shrink-0 truncate text-text-1">{name}</span>
        <span className="min-w-0 truncate pr-2 text-[11px] text-text-3"> {more}</span>
      </span>
    </span>
  )
}

function wordsOf(item: Item): [string, string] {
  if (item.kind === 'call') return [`#${item.row.call} ${item.row.tool}`, item.row.label]
  if (item.kind === 'tool')
    return [item.title, counted(item.group.rows.length, item.title === 'model' ? 'turn' : 'call')]
  return [`turn ${item.row.turn}`, item.group && !item.group.isOpen ? counted(item.group.rows.length, 'call') : 'model']
}

/** What a line shows on the axis. */
export function RowBars({ item, known, isLit, scale }: { item: Item; known: Known; isLit: boolean; scale: Scale }) {
  const { run, critical, holds, knowsHolds, slack } = known
  const call = item.kind === 'call' ? run.calls[item.row.call - 1] : undefined
  return (
    <div className="relative h-full min-w-0 flex-1" style={{ marginRight: END_PX }}>
      {item.kind === 'model' && <ModelBar row={item.row} scale={scale} />}
      {item.kind === 'call' && call && (
        <CallBars
          row={item.row}
          call={call}
          hold={holds.get(call.call)}
          knowsHolds={knowsHolds}
          slackMs={slack.get(call.call) ?? 0}
          isCritical={critical.has(call.call)}
          isLit={isLit}
          scale={scale}
        />
      )}
      {item.group && (item.kind === 'tool' || !item.group.isOpen) && (
        <Together group={item.group} critical={critical} scale={scale} isUnder={item.kind === 'model'} />
      )}
    </div>
  )
}

/** All that a group holds, laid over one another. */
function Together({
  group,
  critical,
  scale,
  isUnder,
}: {
  group: Group
  critical: ReadonlySet<number>
  scale: Scale
  /** Under the bar of the group itself. */
  isUnder: boolean
}) {
  const spans = group.rows.flatMap((row) => {
    const span = row.kind === 'model' ? row.span : row.run
    if (!span) return []
    const status = row.kind === 'model' ? 'model' : critical.has(row.call) ? 'critical' : row.status
    return [{ from: span.from, to: endOf(span, scale.now), status }]
  })
  const gapMs = scale.pixelsPerMs > 0 ? 1 / scale.pixelsPerMs : 0
  return merged(spans, gapMs).map(({ from, to, status }) => {
    const place = placeOn(scale.axis, from, to)
    return (
      place && (
        <span
          key={`${status} ${from}`}
          className="bar-together"
          data-status={status}
          data-under={isUnder || undefined}
          style={{ left: `${place.left}%`, width: `${place.width}%` }}
        />
      )
    )
  })
}

/** What a line shows, in words: for those who listen. */
export function factsOf(item: Item, { run, holds, slack, critical }: Known): string {
  if (item.kind === 'tool') return `, ${item.group.rows.length} in all`
  if (item.kind === 'model') return `, ${modelWords(item.row)}`
  const { row } = item
  const call = run.calls[row.call - 1]
  if (!call) return ''
  const status = statusWord(row.status)
  const words = barWords(call)
  const slackMs = slack.get(row.call) ?? 0
  const facts = [
    status,
    row.run ? `${((endOf(row.run, run.at) - row.run.from) / 1000).toFixed(2)} seconds` : '',
    words === status ? '' : words,
    ...row.waits
      .filter((wait) => wait.why === 'place' && holds.has(row.call) && endOf(wait, run.at) - wait.from >= LEAST_TOLD_MS)
      .map(
        (wait) =>
          `${waitWords(wait.why, call, holds.get(row.call))[0]} for ${duration(endOf(wait, run.at) - wait.from)}`,
      ),
    critical.has(row.call) ? 'on the critical path' : '',
    slackMs >= LEAST_TOLD_MS ? `could take ${duration(slackMs)} longer` : '',
  ]
  return `, ${facts.filter(Boolean).join(', ')}`
}

const LEAST_TOLD_MS = 10

/** The calls that a line stands for. */
export function callsOf(item: Item | undefined): number[] {
  if (!item) return []
  if (item.kind === 'call') return [item.row.call]
  return item.kind === 'tool' ? item.group.rows.flatMap((row: Row) => (row.kind === 'call' ? [row.call] : [])) : []
}

import type { RunState } from '@volley/shared/run/state.ts'
import type { Cure } from '@volley/shared/trace/findings/cure.ts'
import type { Finding } from '@volley/shared/trace/findings/finding.ts'
import { ChevronRight } from 'lucide-react'
import { type ComponentType, type FocusEvent, useId, useState } from 'react'
import { NOTHING_LIT, useSessionStore } from '../../state/sessionStore.ts'
import { cx } from '../../ui/cx.ts'
import { codeWords } from '../words.ts'
import { costWords } from './costWords.ts'
import { evidenceRows } from './evidence.ts'

/** Offers a cure where the run is shown: in the flow that is open, or on the way to it. */
export type CureOffer = ComponentType<{ run: RunState; cure: Cure }>

/** How many calls are named one by one. */
const MOST_CALLS = 12

/** A diagnosis: one sentence, what it cost, a button to try the cure, and the evidence behind it. It lights what it speaks of. */
export function FindingCard({
  run,
  finding,
  Offer,
  onChoose,
}: {
  run: RunState
  finding: Finding
  Offer: CureOffer
  onChoose(call: number): void
}) {
  const [isOpen, setOpen] = useState(false)
  const detailId = useId()
  const light = useSessionStore((session) => session.light)
  const lightUp = () => light(finding.calls, finding.edge)
  const lightOff = () => light(NOTHING_LIT)
  const cost = costWords(finding)
  return (
    <li
      data-finding={finding.code}
      className="flex flex-col gap-1.5 border-b border-line/60 px-3 py-2.5 text-xs hover:bg-surface-2/60"
      onPointerEnter={lightUp}
      onPointerLeave={lightOff}
      onFocus={lightUp}
      onBlur={(event: FocusEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget)) lightOff()
      }}
    >
      <div className="flex items-center gap-2">
        <h4 className="m-0 min-w-0 flex-1">
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={isOpen ? detailId : undefined}
            title="What this rests on"
            className="-ml-1 inline-flex min-h-6 max-w-full items-center gap-1 rounded-sm pr-1.5 text-2xs font-medium text-text-3 hover:text-text-1"
            onClick={() => setOpen(!isOpen)}
          >
            <ChevronRight
              size={12}
              aria-hidden
              className={cx('shrink-0 transition-transform motion-reduce:transition-none', isOpen && 'rotate-90')}
            />
            <span className="truncate first-letter:uppercase">{codeWords(finding.code)}</span>
          </button>
        </h4>
        {cost && (
          <span className="shrink-0 font-mono font-semibold text-text-1 tabular-nums" title="What it cost">
            {cost}
          </span>
        )}
      </div>
      <p className="m-0 break-words text-text-1">{finding.message}</p>
      {!finding.cure && <p className="m-0 break-words text-text-2">{finding.advice}</p>}
      {finding.cure && (
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Offer run={run} cure={finding.cure} />
        </div>
      )}
      {isOpen && (
        <div id={detailId} className="flex flex-col gap-2 rounded-md bg-surface-2 p-2.5">
          {finding.cure && <p className="m-0 break-words text-text-2">{finding.advice}</p>}
          <dl className="m-0 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
            {evidenceRows(finding).map(([name, words]) => (
              <div key={name} className="contents">
                <dt className="text-text-3">{name}</dt>
                <dd className="m-0 min-w-0 font-mono break-words text-text-1">{words}</dd>
              </div>
            ))}
          </dl>
          <CallLinks calls={finding.calls} onChoose={onChoose} />
        </div>
      )}
    </li>
  )
}

function CallLinks({ calls, onChoose }: { calls: readonly number[]; onChoose(call: number): void }) {
  if (calls.length === 0) return null
  return (
    <div className="flex flex-wrap items-center gap-1">
      {calls.slice(0, MOST_CALLS).map((call) => (
        <button
          key={call}
          type="button"
          aria-label={`Open call ${call}`}
          className="min-h-6 min-w-6 rounded-md border border-line-strong px-1.5 font-mono text-2xs text-text-1 hover:bg-surface-3"
          onClick={() => onChoose(call)}
        >
          #{call}
        </button>
      ))}
      {calls.length > MOST_CALLS && <span className="text-text-3">and {calls.length - MOST_CALLS} more</span>}
    </div>
  )
}

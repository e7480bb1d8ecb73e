import type { RunState } from '@volley/shared/run/state.ts'
import type { Finding } from '@volley/shared/trace/findings/finding.ts'
import { Stethoscope } from 'lucide-react'
import type { ReactNode } from 'react'
import { create } from 'zustand'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { counted } from '../format.ts'
import { costWords } from './costWords.ts'
import { type CureOffer, FindingCard } from './FindingCard.tsx'
import type { FindingsShown } from './useFindings.ts'

// SESSION: whether the findings stand beside the trace, or are folded to one line below it.
const useFolded = create<{ isFolded: boolean; fold(isFolded: boolean): void }>((set) => ({
  isFolded: false,
  fold: (isFolded) => set({ isFolded }),
}))

/**
 * A trace with what was found in it: the region `Findings`. They stand beside the trace, below it where it is narrow, and are one line where
 * there are none or someone folded them.
 */
export function BesideFindings({
  run,
  findings,
  Offer,
  onChoose,
  children,
}: {
  run: RunState
  findings: FindingsShown
  Offer: CureOffer
  onChoose(call: number): void
  children: ReactNode
}) {
  const { isFolded, fold } = useFolded()
  const items = findings.is === 'there' ? findings.value.items : []
  const isBeside = items.length > 0 && !isFolded
  return (
    <div className="@container min-h-0 flex-1">
      <div className={cx('flex h-full min-h-0 flex-col', isBeside && '@3xl:flex-row')}>
        <div className="relative min-h-0 min-w-0 flex-1">{children}</div>
        <section
          aria-label="Findings"
          className={cx(
            'flex min-h-0 shrink-0 flex-col border-t border-line',
            isBeside && 'max-h-1/2 @3xl:max-h-none @3xl:w-[316px] @3xl:border-t-0 @3xl:border-l',
          )}
        >
          <div className="flex min-h-8 shrink-0 items-center gap-2 px-3 text-xs">
            <Stethoscope size={13} aria-hidden className="shrink-0 text-text-3" />
            <h3 className="m-0 shrink-0 text-xs font-medium text-text-1">
              {items.length > 0 ? counted(items.length, 'finding') : 'Findings'}
            </h3>
            <p role="status" className="m-0 min-w-0 flex-1 py-1 text-text-2">
              {lineOf(run, findings, isBeside)}
            </p>
            {findings.is === 'fault' && (
              <Button size="sm" onClick={findings.reload}>
                Try again
              </Button>
            )}
            {items.length > 0 && (
              <Button
                size="sm"
                variant="ghost"
                className="-mr-1.5"
                aria-expanded={isBeside}
                onClick={() => fold(!isFolded)}
              >
                {isBeside ? 'Fold' : 'Show'}
              </Button>
            )}
          </div>
          {isBeside && (
            <ul
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
              tabIndex={0}
              aria-label="What held this run back"
              className="m-0 min-h-0 flex-1 list-none overflow-y-auto border-t border-line p-0 outline-offset-[-2px]!"
            >
              {items.map((finding) => (
                <FindingCard key={keyOf(finding)} {...{ run, finding, Offer, onChoose }} />
              ))}
            </ul>
          )}
        </section>
      </div>
    </div>
  )
}

/** What is said in one line beside the headline. */
function lineOf(run: RunState, findings: FindingsShown, isBeside: boolean): string {
  switch (findings.is) {
    case 'going_on':
      return 'What held this run back is told when it has ended.'
    case 'loading':
      return 'Looking …'
    case 'fault':
      return `They could not be read: ${findings.fault.message}`
    case 'there': {
      const [dearest] = findings.value.items
      if (dearest) return isBeside ? '' : `The dearest cost ${costWords(dearest) ?? 'nothing that can be counted'}.`
      if (run.trial) return 'None are looked for where one tool is tried alone.'
      if (run.calls.length === 0) return 'None: this run made no call.'
      return `Nothing held this run back: ${counted(run.calls.length, 'call')} in ${counted(run.turns.length, 'turn')} looked through.`
    }
  }
}

/** Two findings of one rule are about different calls, edges or tools. */
const keyOf = ({ code, calls, edge, message }: Finding) =>
  `${code} ${calls[0] ?? ''} ${edge ? `${edge.from} ${edge.to}` : ''} ${message}`

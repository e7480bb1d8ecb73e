import type { RunState } from '@volley/shared/run/state.ts'
import type { Played } from '@volley/shared/trace/whatIf.ts'
import { seconds } from '../format.ts'
import { differenceWords } from './changes.ts'

/** When the run would have ended, beside when it did. */
export function WhatIfNumbers({ run, played }: { run: RunState; played: Played }) {
  const was = run.summary?.elapsedMs ?? run.at
  const turns = played.turns.length
  return (
    <div
      role="status"
      className="flex min-h-9 shrink-0 flex-wrap items-baseline gap-x-4 gap-y-0.5 border-b border-line px-3 py-2 text-xs text-text-2"
    >
      <span>
        <span className="what-if-key" /> as it was <b className="font-mono text-text-1 tabular-nums">{seconds(was)}</b>
      </span>
      <span>
        <span className="what-if-key" data-predicted /> predicted{' '}
        <b data-what-if="elapsedMs" className="font-mono text-text-1 tabular-nums">
          {seconds(played.elapsedMs)}
        </b>
      </span>
      <b
        data-what-if="byMs"
        className={`font-mono tabular-nums ${played.byMs < -0.5 ? 'text-succeeded-text' : played.byMs > 0.5 ? 'text-failed-text' : 'font-normal text-text-3'}`}
      >
        {differenceWords(played.byMs, was)}
      </b>
      {turns !== run.turns.length && (
        <span>
          {turns} turns in place of {run.turns.length}
        </span>
      )}
    </div>
  )
}

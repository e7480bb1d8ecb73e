import type { RunState } from '@volley/shared/run/state.ts'
import { numbersOf } from '@volley/shared/trace/spans.ts'
import type { ReactNode } from 'react'
import { dollars, seconds, times } from '../format.ts'
import { useNow } from '../useNow.ts'

/** The numbers that matter, over the timeline: how long it took, how long one call at a time would have taken, and the price. */
export function RunNumbers({ run }: { run: RunState }) {
  const now = useNow(run)
  const { elapsedMs, serialMs, speedup } = numbersOf(run, now)
  return (
    <dl className="ml-auto flex flex-wrap items-baseline gap-x-5 py-1 text-xs">
      <Entry name="elapsed" hint="From the start of the run to its end">
        <Value of="elapsedMs">{seconds(elapsedMs)}</Value>
      </Entry>
      <Entry name="one at a time" hint="The same work with every call after the other: model time and all calls">
        <Value of="serialMs">{seconds(serialMs)}</Value>
      </Entry>
      <Entry name="speed-up" hint="How much faster than one at a time">
        <Value of="speedup" className="text-accent-text">
          {times(speedup)}
        </Value>
      </Entry>
      {run.costUsd !== null && (
        <Entry name="cost" hint={`${run.usage.inputTokens} tokens in, ${run.usage.outputTokens} out`}>
          <Value of="costUsd">{dollars(run.costUsd)}</Value>
        </Entry>
      )}
    </dl>
  )
}

function Entry({ name, hint, children }: { name: string; hint: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline gap-1.5" title={hint}>
      <dt className="text-text-2">{name}</dt>
      {children}
    </div>
  )
}

function Value({ of, className = 'text-text-1', children }: { of: string; className?: string; children: string }) {
  return (
    <dd data-summary={of} className={`m-0 font-mono font-semibold tabular-nums ${className}`}>
      {children}
    </dd>
  )
}

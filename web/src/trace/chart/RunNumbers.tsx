import type { RunState } from '@volley/shared/run/state.ts'
import { numbersOf } from '@volley/shared/trace/numbers.ts'
import type { ReactNode } from 'react'
import { count, dollars, percentage, seconds, times } from '../format.ts'
import { useNow } from '../useNow.ts'

/** The numbers that matter, over the timeline: how long it took, what being parallel gained, what is left to gain, and what it cost. */
export function RunNumbers({ run }: { run: RunState }) {
  const now = useNow(run)
  const { elapsedMs, serialMs, speedup, efficiency, callsPerTurn } = numbersOf(run, now)
  const { inputTokens, outputTokens, cachedTokens = 0 } = run.usage
  const hasTokens = inputTokens + outputTokens > 0
  return (
    <dl className="ml-auto flex flex-wrap items-baseline gap-x-4 py-1 text-xs">
      <Entry name="elapsed" hint="From the start of the run to its end">
        <Value of="elapsedMs">{seconds(elapsedMs)}</Value>
      </Entry>
      <Entry name="one at a time" hint="The same work with every call after the other: model time and all calls">
        <Value of="serialMs">{seconds(serialMs)}</Value>
      </Entry>
      <Entry name="speed-up" hint="How much faster than one at a time">
        <Value of="speedup" className="font-mono font-semibold text-accent-text">
          {times(speedup)}
        </Value>
      </Entry>
      {efficiency !== null && (
        <Entry
          name="efficiency"
          hint="The critical path as a part of the elapsed time. What is missing to 100 % went into waiting for places, people and storage."
        >
          <Value of="efficiency">{percentage(efficiency)}</Value>
        </Entry>
      )}
      {callsPerTurn !== null && (
        <Entry name="calls a turn" hint="Mean over the turns with calls">
          <Value of="callsPerTurn">{String(Number(callsPerTurn.toFixed(1)))}</Value>
        </Entry>
      )}
      {hasTokens && (
        <Entry
          name="tokens"
          hint={`${count(inputTokens)} read by the model, ${count(cachedTokens)} of them from its cache, and ${count(outputTokens)} written, over all turns`}
        >
          <Value of="tokens">
            {`${count(inputTokens)} in${cachedTokens > 0 ? ` (${count(cachedTokens)} cached)` : ''}, ${count(outputTokens)} out`}
          </Value>
        </Entry>
      )}
      {run.costUsd !== null ? (
        <Entry name="cost" hint="What the tokens cost, by the price known for this model">
          <Value of="costUsd">{dollars(run.costUsd)}</Value>
        </Entry>
      ) : (
        run.summary &&
        hasTokens && (
          <Entry name="cost" hint={`No price is known for the model ${run.model} of ${run.provider}`}>
            <Value of="costUsd" className="text-text-3">
              no price known
            </Value>
          </Entry>
        )
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

function Value({
  of,
  className = 'font-mono font-semibold text-text-1',
  children,
}: {
  of: string
  className?: string
  children: string
}) {
  return (
    <dd data-summary={of} className={`m-0 tabular-nums ${className}`}>
      {children}
    </dd>
  )
}

import type { RunState } from '@volley/shared/run/state.ts'
import { holdsOf } from '@volley/shared/trace/holds.ts'
import { slackOf } from '@volley/shared/trace/slack.ts'
import { useDeferredValue, useMemo } from 'react'
import { useFlowOfRun } from '../flowOfRun.ts'
import type { Known } from './ChartRow.tsx'

const NOTHING = { holds: new Map(), slack: new Map() }

/**
 * What the chart shows of calls beyond their own times. While a run goes on it is worked out when there is time for it; without the document
 * that ran it is not known who stood in line for what, nor how much slack there was.
 */
export function useKnown(run: RunState): Known {
  const flow = useFlowOfRun(run.id)
  const calm = useDeferredValue(run)
  const critical = useMemo(() => new Set(run.summary?.criticalPath), [run.summary])
  const { holds, slack } = useMemo(() => {
    if (flow.is !== 'there') return NOTHING
    const holds = holdsOf(calm, flow.flow)
    const slack = slackOf(calm, holds)
    // The critical path is worked out as if there were places for all: what a limit leaves its calls is not theirs to spend.
    for (const call of critical) slack.delete(call)
    return { holds, slack }
  }, [calm, flow, critical])
  return useMemo(
    () => ({ run, critical, holds, slack, knowsHolds: flow.is === 'there' }),
    [run, critical, holds, slack, flow.is],
  )
}

import { type Flow, flowSchema } from '@volley/shared/flow/flow.ts'
import { useEffect } from 'react'
import { create } from 'zustand'
import { getRunFlow, sentenceOf } from '../api/client.ts'

/** The document that a run ran, as far as it is known here. */
export type FlowOfRun = { is: 'asked' } | { is: 'there'; flow: Flow } | { is: 'missing'; message: string }

/** Documents of runs by the run's id. They never change, so each is asked for once; what could not be had is asked for again. */
export const useFlowsOfRuns = create<{ flows: Readonly<Record<string, FlowOfRun>> }>(() => ({ flows: {} }))

const ASKED: FlowOfRun = { is: 'asked' }

/** The document that a run ran. Asks for it when it is first needed. */
export function useFlowOfRun(runId: string): FlowOfRun {
  const known = useFlowsOfRuns(({ flows }) => flows[runId])
  useEffect(() => {
    if (runId !== '') void askForFlow(runId)
  }, [runId])
  return known ?? ASKED
}

export async function askForFlow(runId: string): Promise<void> {
  const before = useFlowsOfRuns.getState().flows[runId]
  if (before && before.is !== 'missing') return
  keep(runId, ASKED)
  const answer = await getRunFlow(runId)
  if (!answer.ok) return keep(runId, { is: 'missing', message: sentenceOf(answer.error) })
  const flow = flowSchema.safeParse(answer.value)
  keep(
    runId,
    flow.success
      ? { is: 'there', flow: flow.data }
      : {
          is: 'missing',
          message: 'The document that ran was stored by another version of Volley and cannot be read here.',
        },
  )
}

function keep(runId: string, flow: FlowOfRun): void {
  useFlowsOfRuns.setState(({ flows }) => ({ flows: { ...flows, [runId]: flow } }))
}

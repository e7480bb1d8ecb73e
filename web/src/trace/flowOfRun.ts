import { type Flow, type FlowDocument, flowSchema } from '@volley/shared/flow/flow.ts'
import { useEffect } from 'react'
import { create } from 'zustand'
import { getRunFlow, sentenceOf } from '../api/client.ts'

/** The document that a run ran, as far as it is known here. */
export type FlowOfRun = { is: 'asked' } | KnownFlow
type KnownFlow = { is: 'there'; flow: Flow } | { is: 'missing'; message: string }

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

/** What is being asked for, so that two who need the same document ask once. */
const asking = new Map<string, Promise<KnownFlow>>()

/** Answers with the document that a run ran, or why it cannot be had. */
export function askForFlow(runId: string): Promise<KnownFlow> {
  const before = useFlowsOfRuns.getState().flows[runId]
  if (before?.is === 'there') return Promise.resolve(before)
  const answer = asking.get(runId) ?? read(runId).finally(() => asking.delete(runId))
  asking.set(runId, answer)
  return answer
}

async function read(runId: string): Promise<KnownFlow> {
  keep(runId, ASKED)
  const answer = await getRunFlow(runId)
  const known = answer.ok ? readFlow(answer.value) : missing(sentenceOf(answer.error))
  keep(runId, known)
  return known
}

function readFlow(document: FlowDocument): KnownFlow {
  const flow = flowSchema.safeParse(document)
  if (flow.success) return { is: 'there', flow: flow.data }
  return missing('The document that ran was stored by another version of Volley and cannot be read here.')
}

const missing = (message: string): KnownFlow => ({ is: 'missing', message })

function keep(runId: string, flow: FlowOfRun): void {
  useFlowsOfRuns.setState(({ flows }) => ({ flows: { ...flows, [runId]: flow } }))
}

import type { RunState } from '@volley/shared/run/state.ts'
import { create } from 'zustand'
import { getRun, listRuns } from '../api/client.ts'
import { useFlowStore } from '../state/flowStore.ts'
import { usePlaygroundStore } from '../state/playgroundStore.ts'
import { isLive, useRunStore } from '../state/runStore.ts'
import { NOTHING_LIT, useSessionStore } from '../state/sessionStore.ts'
import { runOfRecord } from '../trace/runOfRecord.ts'

// What was said to this flow's agent, in this browser. The run that is going on, or ended last, is the run store's.

interface Conversation {
  /** Runs before the one of the run store, oldest first. */
  past: readonly RunState[]
  /** The message of a run whose first event has not come yet. */
  input: string
  /** True from the press of Run until the server has answered. */
  starting: boolean
  /** Why the last press of Run or Stop did nothing. */
  fault: string | null
}

const NOTHING_SAID: Conversation = { past: [], input: '', starting: false, fault: null }
const PAST_RUNS = 5

export const useConversation = create<Conversation>(() => NOTHING_SAID)

/** Puts the run of the run store behind, to make room for the next one. */
export function putRunBehind(): void {
  const { run } = useRunStore.getState()
  if (!run || run.lastSeq === 0) return
  useConversation.setState(({ past }) => ({ past: [...past, run].slice(-PAST_RUNS) }))
}

/** The message that Run repeats when no new one was written. */
export function lastInput(): string {
  const { run } = useRunStore.getState()
  return run?.input || useConversation.getState().past.at(-1)?.input || ''
}

/**
 * Keeps conversation and run with the flow they belong to: when another flow is opened, both begin anew, and `onOpened` hears of
 * it. The flow's first save is not another flow.
 */
export function followFlow(onOpened: (flowId: string | null) => void): () => void {
  return useFlowStore.subscribe((now, before) => {
    if (now.opened === before.opened || (now.flowId !== null && now.flowId === before.flowId)) return
    useConversation.setState(NOTHING_SAID, true)
    useRunStore.getState().clear()
    useSessionStore.getState().setPrompt('')
    useSessionStore.getState().setVariables({})
    usePlaygroundStore.getState().clear()
    useSessionStore.getState().light(NOTHING_LIT)
    onOpened(now.flowId)
  })
}

/** Brings back what was last said to a saved flow. Answers the id of a run that still goes on, to be followed. */
export async function recallRuns(flowId: string): Promise<string | null> {
  const listed = await listRuns({ flowId, limit: PAST_RUNS })
  if (!listed.ok) return null
  const live = listed.value.items.find((item) => item.summary === null)
  const ended = listed.value.items.filter((item) => item.summary !== null).reverse()
  const records = await Promise.all(ended.map((item) => getRun(item.id)))
  const past = records.flatMap((record) => (record.ok ? [runOfRecord(record.value)] : []))
  const isStillHere = useFlowStore.getState().flowId === flowId
  if (!isStillHere || isLive(useRunStore.getState().run)) return null
  useConversation.setState((now) => (now.past.length === 0 && !useRunStore.getState().run ? { past } : {}))
  return live?.id ?? null
}

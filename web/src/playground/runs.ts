import type { Replay, StartBatch, StartRun } from '@volley/shared/api.ts'
import type { RunState } from '@volley/shared/run/state.ts'
import { flushSave } from '../actions/saving.ts'
import { cancelRun, replayRun, sentenceOf, startBatch, startRun } from '../api/client.ts'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { saidBefore, usePlaygroundStore } from '../state/playgroundStore.ts'
import { isLive, useRunStore } from '../state/runStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { followRun } from '../trace/followRun.ts'
import { followFlow, lastInput, putRunBehind, recallRuns, useConversation } from './conversation.ts'

/**
 * Starts a run of the flow as it stands on the canvas, saved or not, with the playground's message and variables, and follows it.
 * Without a message the last one is said again. Does nothing while a run is starting or going on. A fault becomes a sentence in
 * the playground.
 */
export async function runCurrentFlow(): Promise<void> {
  const { prompt, setPrompt } = useSessionStore.getState()
  const input = prompt.trim() === '' ? lastInput() : prompt
  if (input === '') {
    tell('Write what the agent should do, then press Run.')
    promptBox()?.focus()
    return
  }
  await begin(
    () => startRun({ ...requestOf(input), ...earlierMessages() }, newKey()),
    input,
    () => {
      usePlaygroundStore.setState({ messages: null })
      if (useSessionStore.getState().prompt === prompt) setPrompt('')
    },
  )
}

/** The same message again, to the flow as it stands on the canvas, with what the run recorded in place of its model or its tools. */
export async function replayHere(run: RunState, { model, tools }: Pick<Replay, 'model' | 'tools'>): Promise<void> {
  await begin(() => replayRun(run.id, { flow: currentFlow(), model, tools }), run.input)
}

/** Calls written by hand, to the tools of the flow as it stands on the canvas. */
export async function runByHand(calls: StartBatch['calls']): Promise<void> {
  await begin(() => {
    const { flow, flowId, version } = sourceOf()
    return startBatch({ ...(flow ? { flow } : { flowId, version }), calls } as StartBatch)
  }, '')
}

/** Starts a run and follows it. Does nothing while another is starting or going on. */
async function begin(start: () => ReturnType<typeof startRun>, input: string, onStarted = () => {}): Promise<void> {
  if (useConversation.getState().starting || isLive(useRunStore.getState().run)) return
  useConversation.setState({ starting: true, fault: null })
  stopRequested = false
  await settleSave()
  const started = await start()
  useConversation.setState({ starting: false })
  if (!started.ok) return tell(sentenceOf(started.error))
  putRunBehind()
  useConversation.setState({ input })
  onStarted()
  const following = follow(started.value.runId)
  if (stopRequested) await stopRun()
  await following
}

/** What the next message goes with, as a start takes it. */
function earlierMessages(): Pick<StartRun, 'messages'> {
  const { run } = useRunStore.getState()
  const said = saidBefore(usePlaygroundStore.getState(), { run, past: useConversation.getState().past })
  return said.length > 0 ? { messages: [...said] } : {}
}

/** Stops the run that goes on: its model and every running call at once. */
export async function stopRun(): Promise<void> {
  if (useConversation.getState().starting) {
    stopRequested = true
    return
  }
  const { run } = useRunStore.getState()
  if (!run || !isLive(run)) return
  const cancelled = await cancelRun(run.id)
  // 409: it ended by itself in the meantime, which is what was wanted.
  if (!cancelled.ok && cancelled.error.status !== 409) tell(sentenceOf(cancelled.error))
}

let stopRequested = false
let followed: AbortController | null = null

/** Shows a run from its first event on, live. */
async function follow(runId: string): Promise<void> {
  followed?.abort()
  const controller = new AbortController()
  followed = controller
  const { begin, apply, setConnection } = useRunStore.getState()
  begin(runId)
  const ended = await followRun(runId, { signal: controller.signal, onEvents: apply, onConnection: setConnection })
  if (ended.end !== 'refused') return
  putRunBehind()
  useRunStore.getState().clear()
  tell(sentenceOf(ended.fault))
}

/** Shows a run on the canvas in place of the one that is there, live or finished. */
export async function showRun(runId: string): Promise<void> {
  if (useRunStore.getState().run?.id === runId) return
  putRunBehind()
  await follow(runId)
}

/** Forgets what was said; the runs stay among all runs. */
export function beginAnew(): void {
  followed?.abort()
  useConversation.setState({ past: [], input: '', fault: null })
  useRunStore.getState().clear()
  usePlaygroundStore.setState({ messages: null })
  promptBox()?.focus()
}

const SAVE_MS = 1000

/** Lets an edit of a saved flow reach the server first, so that the run names the version it ran; never for long. */
async function settleSave(): Promise<void> {
  const { flowId, save } = useFlowStore.getState()
  if (flowId === null || save.is === 'saved') return
  await Promise.race([flushSave(), new Promise((resolve) => setTimeout(resolve, SAVE_MS))])
}

/** The saved version when it is what stands on the canvas; else the document itself. */
export function sourceOf(): Pick<StartRun, 'flow' | 'flowId' | 'version'> {
  const { flowId, version, save } = useFlowStore.getState()
  const isSaved = flowId !== null && version !== null && save.is === 'saved'
  return isSaved ? { flowId, version } : { flow: currentFlow() }
}

/** A run of the flow as it stands, with this message and all that the playground replaces. */
export function requestOf(input: string): StartRun {
  const names = new Set(Object.keys(currentFlow().agent.variables ?? {}))
  const variables = Object.fromEntries(
    Object.entries(useSessionStore.getState().variables).filter(([name]) => names.has(name)),
  )
  const { runWith } = usePlaygroundStore.getState()
  const overrides = { ...runWith, ...(useSessionStore.getState().mockAll ? { mockAll: true } : {}) }
  return {
    ...sourceOf(),
    input,
    ...(Object.keys(variables).length > 0 ? { variables } : {}),
    ...(Object.keys(overrides).length > 0 ? { overrides } : {}),
  }
}

function tell(fault: string): void {
  useConversation.setState({ fault })
}

export const PROMPT_ID = 'playground-prompt'
const promptBox = () => document.getElementById(PROMPT_ID)

/** Unguessable, also where the page is not served over a secure origin. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function recall(flowId: string | null): Promise<void> {
  followed?.abort()
  if (flowId === null) return
  const live = await recallRuns(flowId)
  // Meanwhile one may have asked to see another run.
  if (live !== null && useFlowStore.getState().flowId === flowId && !useRunStore.getState().run) await follow(live)
}

followFlow((flowId) => void recall(flowId))

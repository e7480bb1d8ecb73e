import type { RunState } from '@volley/shared/run/state.ts'
import { applyCure, type Cure, cureTitle } from '@volley/shared/trace/findings/cure.ts'
import { sentenceOf } from '../api/client.ts'
import { showRun } from '../playground/runs.ts'
import { goTo, paths } from '../routes.ts'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { askForFlow } from '../trace/flowOfRun.ts'
import { toast } from '../ui/toast.tsx'
import { openSaved, openUnsaved } from './openFlow.ts'

/** Makes the change of a cure in the flow that is open, as one step. Answers why it cannot be made, or null. */
export function tryCure(cure: Cure): string | null {
  const cured = applyCure(currentFlow(), cure)
  if (!cured.ok) return cured.error.message
  useFlowStore.getState().change(cureTitle(cure), () => cured.value)
  return null
}

/**
 * Opens the flow of a run in the editor with the change of a cure made and the run beside it: the newest version, or a copy as it ran where
 * the flow was never saved or is gone. Answers why it cannot be made, or null.
 */
export async function tryCureInEditor(run: RunState, cure: Cure): Promise<string | null> {
  const { id, version } = run.flow
  const fault = id === null ? null : await openSaved(id)
  if (fault && fault.status !== 404) return sentenceOf(fault)
  if (id === null || fault) return tryCureInCopy(run, cure)
  const refused = tryCure(cure)
  if (refused !== null) return refused
  const { version: newest } = useFlowStore.getState()
  if (version !== null && newest !== version)
    toast.say(`The change was made in the newest version, ${newest}.`, `Version ${version} is the one that ran.`)
  goTo(paths.flow(id))
  await showRun(run.id)
  return null
}

async function tryCureInCopy(run: RunState, cure: Cure): Promise<string | null> {
  const missing = run.flow.id === null ? 'This flow was never saved' : 'This flow was deleted since the run'
  if (run.mocked) return `${missing}, and every tool of this run was a mock: there is nothing to change.`
  const ran = await askForFlow(run.id)
  if (ran.is !== 'there') return ran.message
  const cured = applyCure(ran.flow, cure)
  if (!cured.ok) return cured.error.message
  openUnsaved(ran.flow)
  toast.say(`${missing}.`, 'A copy as it ran is open now, with the change made.')
  tryCure(cure)
  await showRun(run.id)
  return null
}

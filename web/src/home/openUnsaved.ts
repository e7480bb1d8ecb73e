import { type FlowDocument, flowSchema } from '@volley/shared/flow/flow.ts'
import { EMPTY_FLOW, useFlowStore } from '../state/flowStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'

/** The address of the editor with a flow that was never saved. */
export const UNSAVED_PATH = '/flows/new'

/**
 * Puts a document into the editor without saving it, with a message ready in the playground. Answers why not, where the document
 * is none; null when it is open.
 */
export function openUnsaved(document: FlowDocument, prompt = ''): string | null {
  const flow = flowSchema.safeParse(document)
  if (!flow.success) return `“${document.name}” cannot be opened: ${flow.error.issues[0]?.message ?? 'it is no flow'}.`
  useFlowStore.getState().open(flow.data, null)
  useSessionStore.getState().select([])
  useSessionStore.getState().setPrompt(prompt)
  return null
}

/** Puts an empty flow into the editor. */
export function openBlank(): void {
  useFlowStore.getState().open({ ...EMPTY_FLOW }, null)
  useSessionStore.getState().select([])
  useSessionStore.getState().setPrompt('')
}

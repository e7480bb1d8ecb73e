import type { FlowDocument } from '@volley/shared/flow/flow.ts'
import { openUnsaved } from '../actions/openFlow.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { offerTour } from '../state/tour.ts'

/** Opens a flow to begin with, its message ready to be sent. Saves nothing. */
export function openExample({ flow, prompt }: { flow: FlowDocument; prompt: string }): void {
  openUnsaved(flow)
  useSessionStore.getState().setPrompt(prompt)
  offerTour()
}

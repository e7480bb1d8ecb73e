import type { DraftAnswer } from '@volley/shared/api.ts'
import { flowSchema } from '@volley/shared/flow/flow.ts'
import { moveNodes } from '../actions/moveNodes.ts'
import { tidiedPlaces } from '../actions/tidiedPlaces.ts'
import { openExample } from './openExample.ts'

/** Opens a draft, arranged for reading, its first message ready. Saves nothing. */
export async function openDraft({ flow: document, prompt }: DraftAnswer): Promise<void> {
  const flow = flowSchema.parse(document)
  openExample({ flow: moveNodes(flow, await tidiedPlaces(flow, () => null)), prompt })
}

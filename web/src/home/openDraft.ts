import type { DraftAnswer } from '@volley/shared/api.ts'
import { move } from '@volley/shared/flow/edit.ts'
import { flowSchema } from '@volley/shared/flow/flow.ts'
import { tidyPlaces } from '../actions/layout.ts'
import { openExample } from './openExample.ts'

/** Opens a draft, arranged for reading, its first message ready. Saves nothing. */
export async function openDraft({ flow: document, prompt }: DraftAnswer): Promise<void> {
  const flow = flowSchema.parse(document)
  openExample({ flow: move(flow, await tidyPlaces(flow, () => null)), prompt })
}

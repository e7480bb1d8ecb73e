import type { Flow } from '@volley/shared/flow/flow.ts'
import { flowSchema } from '@volley/shared/flow/flow.ts'
import { isEqualJson } from '@volley/shared/lib/json.ts'
import { z } from 'zod'

// A draft is the copy of a document that this browser keeps until the server acknowledged it, so that no killed tab or server
// loses an edit.

export interface Draft {
  flow: Flow
  /** The version it was made from; null for a flow that was never saved. */
  version: number | null
  /** What was on its way to the server when this was kept: the server may have it although no answer came. */
  sending: Flow | null
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>

export interface Drafts {
  keep(flowId: string | null, draft: Draft): void
  find(flowId: string | null): Draft | null
  drop(flowId: string | null): void
}

/** Drafts in a storage of the browser. A full or forbidden storage keeps nothing and breaks nothing. */
export function draftsIn(storage: Storage): Drafts {
  const key = (flowId: string | null) => `volley.draft.${flowId ?? 'new'}`
  return {
    keep: (flowId, draft) => quietly(() => storage.setItem(key(flowId), JSON.stringify(draft))),
    drop: (flowId) => quietly(() => storage.removeItem(key(flowId))),
    find: (flowId) => {
      const text = quietly(() => storage.getItem(key(flowId)))
      if (!text) return null
      const parsed = draftSchema.safeParse(quietly(() => JSON.parse(text)))
      return parsed.success ? parsed.data : null
    },
  }
}

export type Restored = 'nothing' | 'restore' | 'conflict'

/** What to do with a draft when its flow is opened and the server has this document at this version. */
export function restoreFrom(draft: Draft | null, server: { version: number; flow: unknown }): Restored {
  if (!draft || isEqualJson(draft.flow, server.flow)) return 'nothing'
  if (draft.version === server.version || isEqualJson(draft.sending, server.flow)) return 'restore'
  return 'conflict'
}

const draftSchema = z.object({
  flow: flowSchema,
  version: z.number().nullable(),
  sending: flowSchema.nullable().catch(null),
})

function quietly<Value>(attempt: () => Value): Value | null {
  try {
    return attempt()
  } catch {
    return null
  }
}

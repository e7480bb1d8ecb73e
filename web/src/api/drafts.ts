import type { DraftAnswer, DraftRequest } from '@volley/shared/api.ts'
import { type Answer, request } from './request.ts'

/** A flow drafted by a model from what it should do. Nothing is saved; aborting ends the model's work too. */
export const draftFlow = (wish: DraftRequest, signal: AbortSignal): Answer<DraftAnswer> =>
  request('/drafts', { method: 'POST', body: wish, signal })

import type { DraftAnswer, DraftRequest } from '@volley/shared/api.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { sentenceOf } from '../api/client.ts'
import { draftFlow } from '../api/drafts.ts'

export type Drafting =
  | { is: 'nothing' }
  | { is: 'asking' }
  | { is: 'there'; draft: DraftAnswer }
  | { is: 'fault'; message: string }

/** Asks for a draft; a new wish, a cancel or leaving ends the one before. */
export function useDraft() {
  const [drafting, setDrafting] = useState<Drafting>({ is: 'nothing' })
  const asked = useRef<AbortController | null>(null)
  const cancel = useCallback(() => {
    asked.current?.abort()
    setDrafting({ is: 'nothing' })
  }, [])
  const draft = useCallback(async (wish: DraftRequest) => {
    asked.current?.abort()
    const controller = new AbortController()
    asked.current = controller
    setDrafting({ is: 'asking' })
    const answer = await draftFlow(wish, controller.signal)
    if (controller.signal.aborted) return
    setDrafting(answer.ok ? { is: 'there', draft: answer.value } : { is: 'fault', message: sentenceOf(answer.error) })
  }, [])
  useEffect(() => () => asked.current?.abort(), [])
  return { drafting, draft, cancel }
}

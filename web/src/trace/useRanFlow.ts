import { type Flow, flowSchema } from '@volley/shared/flow/flow.ts'
import { ok } from '@volley/shared/lib/result.ts'
import { getRunFlow } from '../api/client.ts'
import { useAnswer } from '../api/useAnswer.ts'

/** The document that ran, once it is wanted and there; null before that, and where it cannot be had. */
export function useRanFlow(runId: string, isWanted: boolean): Flow | null {
  const { loaded } = useAnswer(isWanted ? runId : '', async (signal) => {
    if (!isWanted) return ok(null)
    const answer = await getRunFlow(runId, signal)
    return answer.ok ? ok(flowSchema.safeParse(answer.value).data ?? null) : answer
  })
  return loaded.is === 'there' ? loaded.value : null
}

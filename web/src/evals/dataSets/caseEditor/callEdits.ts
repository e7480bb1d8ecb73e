import { freeId } from '@volley/shared/evals/freeId.ts'
import type { CallDraft } from './caseDraft.ts'

/** The calls with one more, of this tool. */
export function addCall(calls: readonly CallDraft[], tool: string): CallDraft[] {
  const key = Math.max(-1, ...calls.map((call) => call.key)) + 1
  return [...calls, { key, id: '', tool, need: 'required', parameters: null, after: [], together: '' }]
}

/** The calls without one; none waits for it any more. */
export function removeCall(calls: readonly CallDraft[], key: number): CallDraft[] {
  return calls
    .filter((call) => call.key !== key)
    .map((call) => ({ ...call, after: call.after.filter((of) => of !== key) }))
}

export function changeCall(calls: readonly CallDraft[], key: number, change: Partial<CallDraft>): CallDraft[] {
  return calls.map((call) => (call.key === key ? { ...call, ...change } : call))
}

/** Lets a call come after another, or no longer. Who is waited for gets an id where it has none. */
export function toggleAfter(calls: readonly CallDraft[], key: number, other: number): CallDraft[] {
  const call = calls.find((one) => one.key === key)
  if (!call) return [...calls]
  if (call.after.includes(other)) return changeCall(calls, key, { after: call.after.filter((of) => of !== other) })
  return changeCall(withId(calls, other), key, { after: [...call.after, other] })
}

function withId(calls: readonly CallDraft[], key: number): CallDraft[] {
  const ids = new Set(calls.map(({ id }) => id.trim()))
  return calls.map((call) =>
    call.key === key && call.id.trim() === '' ? { ...call, id: freeId(call.tool.trim() || 'call', ids) } : call,
  )
}

import { connectionKind } from '@volley/shared/flow/connectable.ts'
import { connect } from '@volley/shared/flow/editEdges.ts'
import type { Edge } from '@volley/shared/flow/flow.ts'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { edgeKey, useSessionStore } from '../state/sessionStore.ts'

/** Makes `to` depend on `from` and selects the edge. Without a kind it is an order, or data where only data may be. Answers why not. */
export function connectTools(from: string, to: string, wanted?: Edge['kind']): string | null {
  const flow = currentFlow()
  const kind = wanted ? ({ ok: true, value: wanted } as const) : connectionKind(flow, from, to)
  if (!kind.ok) return kind.error
  const connected = connect(flow, from, to, kind.value)
  if (!connected.ok) return connected.error
  useFlowStore.getState().change(`Connect ${from} to ${to}`, () => connected.value)
  useSessionStore.getState().select([edgeKey({ from, to, kind: kind.value })])
  return null
}

/** What an edge between the two would come to, as one says it while it is drawn: what it would do, or why there can be none. */
export function connectionWords(from: string, to: string): { canBe: boolean; words: string } {
  const kind = connectionKind(currentFlow(), from, to)
  if (!kind.ok) return { canBe: false, words: kind.error }
  if (kind.value === 'order') return { canBe: true, words: `${to} runs after ${from}` }
  return {
    canBe: true,
    words: `${to} may take values of ${from}: a data edge, since it ${from === to ? 'leads back to its tool' : 'closes a circle'}`,
  }
}

import type { FlowVersion } from '../api.ts'

/** So long after a save the next one of the same author still belongs to the same sitting. */
const PAUSE_MS = 10 * 60_000

export interface Sitting {
  /** Its last save, which stands for it. */
  newest: FlowVersion
  /** The saves before that one, newest first. */
  earlier: FlowVersion[]
}

/**
 * Folds versions, newest first, into what people remember: one entry for each sitting at the flow, however often it saved by itself. A
 * version that has a label or a note was meant, so it always stands alone at the head of its own.
 */
export function sittingsOf(versions: readonly FlowVersion[]): Sitting[] {
  const sittings: Sitting[] = []
  for (const version of versions) {
    const last = sittings.at(-1)
    const after = last?.earlier.at(-1) ?? last?.newest
    if (last && after && isSameSitting(version, after)) last.earlier.push(version)
    else sittings.push({ newest: version, earlier: [] })
  }
  return sittings
}

function isSameSitting(version: FlowVersion, after: FlowVersion): boolean {
  if (version.labels.length > 0 || version.note !== null || version.author !== after.author) return false
  return Date.parse(after.createdAt) - Date.parse(version.createdAt) <= PAUSE_MS
}

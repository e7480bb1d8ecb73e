import type { RunState } from '@volley/shared/run/state.ts'
import { callFault, endSentence } from '../trace/words.ts'

/** What was said of a run so far. */
export interface Told {
  runId: string
  faults: number
  hasEnded: boolean
}

/** What is to be said of a run beyond what was told of it already. */
export function whatIsNew(told: Told, run: RunState | null): { told: Told; words: string } {
  if (!run) return { told: { runId: '', faults: 0, hasEnded: false }, words: '' }
  const isNew = run.id !== told.runId
  const faults = run.calls.filter((call) => call.status === 'failed')
  const hasEnded = run.summary !== null
  const before = isNew ? 0 : told.faults
  const latest = faults.at(-1)
  const words = [
    isNew ? 'Run started.' : '',
    faults.length > before && latest ? `Call ${latest.call}, ${latest.tool}, ${callFault(latest)}` : '',
    hasEnded && (isNew || !told.hasEnded) ? endSentence(run) : '',
  ]
  return { told: { runId: run.id, faults: faults.length, hasEnded }, words: words.filter(Boolean).join(' ') }
}

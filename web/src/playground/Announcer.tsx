import type { RunState } from '@volley/shared/run/state.ts'
import { useEffect, useRef, useState } from 'react'
import { useRunStore } from '../state/runStore.ts'
import { callFault, endSentence } from '../trace/words.ts'

/** Tells those who listen, politely, that a run began, that calls failed, and how it ended. */
export function Announcer() {
  const run = useRunStore((store) => store.run)
  const told = useRef<Told>({ runId: '', faults: 0, hasEnded: false })
  const [words, setWords] = useState('')
  useEffect(() => {
    const { told: next, words: said } = whatIsNew(told.current, run)
    told.current = next
    if (said !== '') setWords(said)
  }, [run])
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {words}
    </div>
  )
}

interface Told {
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

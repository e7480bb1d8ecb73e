import { useEffect, useRef, useState } from 'react'
import { useRunStore } from '../state/runStore.ts'
import { type Told, whatIsNew } from './whatIsNew.ts'

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

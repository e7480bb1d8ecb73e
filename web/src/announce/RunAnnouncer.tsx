import type { RunState } from '@volley/shared/run/state.ts'
import { useEffect, useState } from 'react'
import { useRunStore } from '../state/runStore.ts'
import { runNews } from './runNews.ts'

/** Between two sentences, so that what happens meanwhile becomes one. */
const PAUSE_MS = 1200

/** Tells those who listen, politely and now and then, what happens in the run on the canvas, wherever on the page they are. */
export function RunAnnouncer() {
  const [words, setWords] = useState('')
  useEffect(() => {
    let told: RunState | null = null
    let pause: ReturnType<typeof setTimeout> | null = null
    const tell = () => {
      const { run } = useRunStore.getState()
      const news = runNews(told, run)
      told = run
      if (news === '') return
      setWords(news)
      pause = setTimeout(() => {
        pause = null
        tell()
      }, PAUSE_MS)
    }
    const stop = useRunStore.subscribe(({ run }, before) => {
      if (run === before.run || pause !== null) return
      tell()
    })
    return () => {
      stop()
      if (pause !== null) clearTimeout(pause)
    }
  }, [])
  return (
    <div role="status" aria-live="polite" className="sr-only" data-announcer="run">
      {words}
    </div>
  )
}

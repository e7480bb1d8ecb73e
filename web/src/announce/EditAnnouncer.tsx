import { useEffect, useState } from 'react'
import { useFlowStore } from '../state/flowStore.ts'
import { editNews } from './editNews.ts'

/** Tells those who listen what became of the document: what was added, deleted, connected, undone. */
export function EditAnnouncer() {
  const [news, setNews] = useState({ words: '', count: 0 })
  useEffect(
    () =>
      useFlowStore.subscribe((now, before) => {
        if (now.opened !== before.opened) return setNews({ words: '', count: 0 })
        const words = editNews(before.history, now.history)
        if (words !== '') setNews(({ count }) => ({ words, count: count + 1 }))
      }),
    [],
  )
  return (
    <div role="status" aria-live="polite" className="sr-only" data-announcer="edit">
      {/* A new element each time: the same words twice are two pieces of news. */}
      <span key={news.count}>{news.words}</span>
    </div>
  )
}

import { lazy, Suspense, useEffect, useState } from 'react'
import type { toast as Show } from 'sonner'
import { whenUsed } from './whenUsed.ts'

const Toasts = lazy(() => import('./Toasts.tsx'))
/** What shows messages, once it is loaded and stands in the page; messages wait for it. */
const there = Promise.withResolvers<typeof Show>()
let begin = () => {}

const withMore = (more: string | undefined) => (more ? { description: more } : {})
const say = (how: (show: typeof Show) => void) => {
  begin()
  void there.promise.then(how)
}

/** A short message at the edge of the page. Problems stay longer than news. */
export const toast = {
  say: (message: string, more?: string) => say((show) => show(message, withMore(more))),
  done: (message: string, more?: string) => say((show) => show.success(message, withMore(more))),
  problem: (message: string, more?: string) =>
    say((show) => show.error(message, { duration: 8000, ...withMore(more) })),
}

/** Where toasts appear. Stands once in the page, and is loaded at the first sign of use. */
export function Toaster() {
  const [isWanted, setWanted] = useState(false)
  useEffect(() => {
    begin = () => setWanted(true)
    whenUsed(async () => begin())
  }, [])
  return <Suspense>{isWanted && <Toasts onThere={there.resolve} />}</Suspense>
}

import { useCallback, useMemo } from 'react'
import { useSearch } from 'wouter'
import { goTo, paths } from '../routes.ts'
import { changed, type RunView, searchOf, viewOf } from './runView.ts'

/** What the address says is shown, and how to change it. A change takes the place of the one before in the browser's history. */
export function useRunView(): {
  view: RunView
  change: (change: Parameters<typeof changed>[1]) => void
  clear: () => void
} {
  const search = useSearch()
  const view = useMemo(() => viewOf(search), [search])
  const show = useCallback((next: RunView) => {
    const part = searchOf(next)
    goTo(part === '' ? paths.runs : `${paths.runs}?${part}`, { replace: true })
  }, [])
  return {
    view,
    change: (change) => show(changed(view, change)),
    clear: () => show({ view: view.view }),
  }
}

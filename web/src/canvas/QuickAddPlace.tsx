import { lazy, Suspense } from 'react'
import { useQuickAdd } from '../state/quickAdd.ts'

const QuickAdd = lazy(() => import('./QuickAdd.tsx').then((module) => ({ default: module.QuickAdd })))

/** Where the question for a tool appears, once it is asked. */
export function QuickAddPlace() {
  const ask = useQuickAdd((store) => store.ask)
  if (!ask) return null
  return (
    <Suspense>
      <QuickAdd key={JSON.stringify(ask)} ask={ask} />
    </Suspense>
  )
}

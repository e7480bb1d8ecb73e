import type { CallState, RunState } from '@volley/shared/run/state.ts'
import { lazy, type ReactNode, Suspense, useState } from 'react'

const AddToDataSetDialog = lazy(() =>
  import('./AddToDataSetDialog.tsx').then((module) => ({ default: module.AddToDataSetDialog })),
)

/** A run whose input becomes a case, with these calls expected; else with all that succeeded. */
export interface Kept {
  run: RunState
  calls?: readonly CallState[]
}

/** Puts a run as a case into a data set of one's choice. The dialog stands somewhere on the page. */
export function useAddToDataSet(): { add: (kept: Kept) => void; dialog: ReactNode } {
  const [kept, setKept] = useState<Kept | null>(null)
  return {
    add: setKept,
    dialog: <Suspense>{kept && <AddToDataSetDialog kept={kept} onClose={() => setKept(null)} />}</Suspense>,
  }
}

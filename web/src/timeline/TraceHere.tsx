import type { ComponentProps } from 'react'
import { TraceView } from '../trace/TraceView.tsx'
import { CureHere } from './CureHere.tsx'

/** The trace, with cures that are tried in the flow that is open. It comes with the first run: before that there is nothing to look through. */
export function TraceHere(props: Omit<ComponentProps<typeof TraceView>, 'Offer'>) {
  return <TraceView {...props} Offer={CureHere} />
}
